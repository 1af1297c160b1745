package org.encore.listeners.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

import org.encore.api.run.EventSink;
import org.encore.listeners.mlflow.MlflowListener;
import org.encore.listeners.mlflow.MlflowOptions;
import org.encore.listeners.mlflow.Pace;
import org.encore.listeners.tests.TrackingServer.Fault;
import org.junit.jupiter.api.Test;

class MlflowServerFailuresTest extends TrackedRun {

    @Test
    void aDeletedExperimentIsNotWrittenTo() throws IOException {
        server.experiments.put("gone", "7");
        EventSink sink = new MlflowListener(Map.of(), QUICK).open(new MlflowOptions(server.uri(), Optional.of("gone")), run);
        new Story(run, sink).start(false).train(Story.PLAIN, 1, 2).finish("done");
        assertThatThrownBy(sink::close)
                .hasMessageContaining("its experiment 'gone' is deleted. Restore it, or name another: mlflow: {experiment: …}");
    }

    @Test
    void whatFailsForAWhileIsRepeatedAndNothingIsMadeTwice() throws IOException {
        for (int first = 0; first < 8; first++) {
            var faulty = first;
            server.forgetRuns();
            run = Files.createDirectories(temporary.resolve("runs").resolve("attempt-" + first));
            // each kind of fault at each of the first requests: experiment, search, create, parameters, metrics
            IntStream.range(0, faulty).forEach(n -> server.faults.add(Fault.values()[(n + faulty) % 4]));
            follow(story -> {
                story.start(false).train(Story.PLAIN, 1, 3);
                waitFor(() -> !server.hasFaults());
                story.finish("done");
            });
            assertThat(server.runs).as("after %s faults", first).hasSize(2);
            assertThat(server.steps(Story.PLAIN, "train/loss")).containsExactly("1: 1.0", "2: 0.5", "3: 0.3333333333333333");
        }
    }

    @Test
    void anAnswerThatComesTooLateIsNotWaitedFor() throws IOException {
        server.experiments.put("g2p", "1");
        server.faults.addAll(List.of(Fault.SLOW));
        follow(story -> story.start(false).train(Story.PLAIN, 1, 1).finish("done"));
        assertThat(server.steps(Story.PLAIN, "train/loss")).containsExactly("1: 1.0");
        assertThat(server.requests.stream().filter(r -> r.endsWith("get-by-name"))).hasSize(2);
    }

    @Test
    void aServerThatIsDownCostsNothingButWhatItMissesAndThatIsTold() throws IOException {
        String nobody = "http://127.0.0.1:" + freePort();
        EventSink sink = open(nobody, Map.of(), QUICK);
        new Story(run, sink).start(false).train(Story.PLAIN, 1, 30).score(Story.PLAIN, "test", "per", 21.5).finish("done");
        assertThatThrownBy(sink::close).isInstanceOf(IOException.class).hasMessage("151 values did not reach " + nobody
                + " (connection refused or host not found). "
                + "The run's folder has everything. Run the experiment again to have it told anew; what is done is not done again.");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void theEndOfARunDoesNotWaitForAServerThatHangs() throws IOException {
        var released = new CountDownLatch(1);
        server.before = () -> await(released);
        EventSink sink = open(server.uri(), Map.of(), new Pace(Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMillis(1),
                Duration.ofMinutes(10), Duration.ofMillis(50), 1000));
        new Story(run, sink).start(false).train(Story.PLAIN, 1, 2).finish("done");
        assertThatThrownBy(sink::close).hasMessage("10 values did not reach " + server.uri() + " (it is too slow). "
                + "The run's folder has everything. Run the experiment again to have it told anew; what is done is not done again.");
        released.countDown();
    }

    @Test
    void theOldestAreDroppedWhenTooManyWaitAndAreToldAgainByTheProcessThatResumes() throws IOException {
        var asked = new CountDownLatch(1);
        var released = new CountDownLatch(1);
        server.before = () -> {
            asked.countDown();
            await(released);
        };
        Duration patience = Duration.ofMinutes(10);
        EventSink sink = open(server.uri(), Map.of(), new Pace(Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMillis(1), patience,
                patience, 200));
        Story story = new Story(run, sink).start(false);
        await(asked);
        story.train(Story.PLAIN, 1, 250);
        released.countDown();
        Throwable told = catchThrowable(sink::close);
        List<String> arrived = server.steps(Story.PLAIN, "train/loss");
        assertThat(told).hasMessageStartingWith("250 values did not reach " + server.uri() + " (it is too slow). ");
        assertThat(arrived).hasSize(200).first().isEqualTo("51: " + 1.0 / 51);

        follow(again -> again.start(true).train(Story.PLAIN, 1, 250).finish("done"));
        assertThat(server.run(Story.PLAIN).metrics().get("train/loss").stream().map(m -> m.get("step").getAsLong()).distinct()).hasSize(250);
    }

    @Test
    void anotherKindOfServerIsRecognised() throws IOException {
        EventSink sink = open(server.uri() + "/elsewhere", Map.of(), QUICK);
        new Story(run, sink).start(false).train(Story.PLAIN, 1, 1).finish("done");
        assertThatThrownBy(sink::close).hasMessageContaining("values did not reach " + server.uri() + "/elsewhere (it answers ");
    }

    @Test
    void aRunThatSomebodyDeletedCostsItsOwnValuesOnly() throws IOException {
        EventSink sink = open();
        Story story = new Story(run, sink).start(false).train(Story.PLAIN, 1, 1).train(Story.BRIDGED, 1, 1);
        sink.close();
        EventSink again = open();
        story = new Story(run, again).start(true).train(Story.PLAIN, 2, 2);
        waitFor(() -> server.steps(Story.PLAIN, "train/loss").size() == 2);
        synchronized (server) {
            server.runs.remove(server.run(Story.PLAIN).id());
        }
        story.train(Story.PLAIN, 3, 3).train(Story.BRIDGED, 2, 2).finish("done");
        assertThatThrownBy(again::close).hasMessageStartingWith("5 values, the end of an MLflow run did not reach " + server.uri()
                + " (it answers 404 RESOURCE_DOES_NOT_EXIST: Run with id=");
        assertThat(server.steps(Story.BRIDGED, "train/loss")).containsExactly("1: 1.0", "2: 0.5");
    }
}
