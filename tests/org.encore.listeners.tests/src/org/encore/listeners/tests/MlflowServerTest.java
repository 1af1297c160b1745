package org.encore.listeners.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.encore.api.run.Event;
import org.encore.api.run.EventSink;
import org.encore.listeners.tests.TrackingServer.Fault;
import org.junit.jupiter.api.Test;

class MlflowServerTest extends TrackedRun {

    @Test
    void aModelIsARunBelowTheWholeWithCurvesScoresAndParameters() throws IOException {
        follow(story -> {
            story.start(false).whole(Story.PLAIN).score(Story.BRIDGED, "test", "per", Double.POSITIVE_INFINITY);
            Files.writeString(run.resolve("report.html"), "<p>found</p>");
            story.finish("done");
        });
        TrackingServer.Run whole = server.run(WHOLE);
        TrackingServer.Run plain = server.run(Story.PLAIN);
        assertThat(server.experiments).containsOnlyKeys("g2p");
        assertThat(plain.tags()).containsEntry("mlflow.parentRunId", whole.id()).containsEntry("mlflow.runName", Story.PLAIN)
                .containsEntry("mlflow.source.type", "LOCAL");
        assertThat(server.steps(Story.PLAIN, "train/loss")).containsExactly("1: 1.0", "2: 0.5", "3: 0.3333333333333333");
        assertThat(server.steps(Story.PLAIN, "test/per")).containsExactly("3: 21.5");
        assertThat(server.steps(Story.BRIDGED, "test/per")).containsExactly("0: Infinity");
        assertThat(plain.params()).containsEntry("architecture.width", "64").containsEntry("train.epochs", "3").containsEntry("seed", "1");
        assertThat(whole.params().values()).noneMatch(value -> value.contains("tracker.example"));
        assertThat(Stream.of(whole, plain)).allMatch(r -> r.info().get("status").getAsString().equals("FINISHED") && r.info().has("end_time"));
        assertThat(server.artifacts).containsOnlyKeys("1/" + whole.id() + "/artifacts/report.html", "1/" + whole.id() + "/artifacts/resolved.yaml");
        assertThat(server.artifacts.get("1/" + whole.id() + "/artifacts/report.html")).isEqualTo("<p>found</p>".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void limitsOfARequestAreKept() throws IOException {
        var options = new StringBuilder("train:\n");
        IntStream.range(0, 250).forEach(n -> options.append("  option").append(n).append(": ").append("x".repeat(1 + n * 3)).append('\n'));
        Files.writeString(run.resolve("resolved.yaml"), options);
        follow(story -> story.start(false).train(Story.PLAIN, 1, 900).finish("done"));
        assertThat(server.run(WHOLE).params()).hasSize(250);
        assertThat(server.run(WHOLE).params().get("train.option249")).hasSize(500).endsWith("x…");
        assertThat(server.run(Story.PLAIN).metrics().get("train/tokens")).hasSize(900);
    }

    @Test
    void anExperimentThatAnotherProcessMakesAtTheSameMomentIsUsed() throws IOException {
        server.experimentAppears = true;
        follow(story -> story.start(false).train(Story.PLAIN, 1, 1).finish("done"));
        assertThat(server.run(Story.PLAIN).experiment()).isEqualTo("42");
    }

    @Test
    void aResumedRunGoesOnWithTheSameRunsWithoutGapOrRepetition() throws IOException {
        follow(story -> story.start(false).train(Story.PLAIN, 1, 5).tell(new Event.StageFailed(Story.PLAIN, "train", "killed")));
        server.run(WHOLE).params().put("train.epochs", "another"); // a parameter that is there stays as it is
        follow(story -> story.start(true).train(Story.PLAIN, 1, 7).finish("done"));
        assertThat(server.runs).hasSize(2);
        assertThat(server.steps(Story.PLAIN, "train/tokens")).containsExactly("1: 100.0", "2: 200.0", "3: 300.0", "4: 400.0", "5: 500.0",
                "6: 600.0", "7: 700.0");
        assertThat(server.run(Story.PLAIN).tags()).containsEntry("encore.failure", "");
    }

    @Test
    void aTokenIsShownToTheServerAndToNobodyElse() throws IOException {
        server.authorization = "Bearer s3cr3t-token";
        try (EventSink sink = open(server.uri(), Map.of("MLFLOW_TRACKING_TOKEN", "s3cr3t-token"), QUICK)) {
            new Story(run, sink).start(false).train(Story.PLAIN, 1, 1).finish("done");
        }
        assertThat(server.steps(Story.PLAIN, "train/loss")).containsExactly("1: 1.0");
        try (Stream<Path> files = Files.walk(run)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(file).content().doesNotContain("s3cr3t");
            }
        }
        server.faults.addAll(Collections.nCopies(100_000, Fault.INTERNAL)); // whose message repeats what was sent
        EventSink sink = open(server.uri(), Map.of("MLFLOW_TRACKING_TOKEN", "s3cr3t-token"), QUICK);
        new Story(run, sink).start(true).train(Story.PLAIN, 2, 2).finish("done");
        assertThatThrownBy(sink::close).hasMessageContaining("it answers 500 INTERNAL_ERROR: database is locked; you said Bearer …")
                .hasMessageNotContaining("s3cr3t");
    }

    @Test
    void aNameWithPasswordGoesBeforeAToken() throws IOException {
        server.authorization = "Basic " + Base64.getEncoder().encodeToString("ann:pässword".getBytes(StandardCharsets.UTF_8));
        var environment = Map.of("MLFLOW_TRACKING_USERNAME", "ann", "MLFLOW_TRACKING_PASSWORD", "pässword", "MLFLOW_TRACKING_TOKEN", "t");
        try (EventSink sink = open(server.uri(), environment, QUICK)) {
            new Story(run, sink).start(false).finish("done");
        }
        assertThat(server.run(WHOLE).info().get("status").getAsString()).isEqualTo("FINISHED");
    }

    @Test
    void whoIsNotLetInIsToldWhatToSetAndTriesNoMore() throws IOException {
        server.authorization = "Bearer right";
        EventSink sink = open(server.uri(), Map.of("MLFLOW_TRACKING_TOKEN", "wr0ng"), QUICK);
        new Story(run, sink).start(false).train(Story.PLAIN, 1, 2).finish("done");
        assertThatThrownBy(sink::close).hasMessage("10 values did not reach " + server.uri() + " (it answers 401 UNAUTHENTICATED: you are not "
                + "authenticated; you said Bearer …. Set MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD where "
                + "Encore is started). The run's folder has everything. Run the experiment again to have it told anew; what is done is not done again.");
        assertThat(server.requests).hasSize(1);
    }

    @Test
    void aTokenThatCannotBeSentIsNotRepeatedInTheMessage() {
        assertThatThrownBy(() -> open(server.uri(), Map.of("MLFLOW_TRACKING_TOKEN", "s3cr\n3t"), QUICK)).isInstanceOf(IOException.class)
                .hasMessage("MLFLOW_TRACKING_TOKEN holds a character that a token cannot have, such as a space or a line feed");
    }
}
