package org.encore.experiment.tests.fuzz;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.encore.api.run.Event;
import org.encore.api.weights.SafeTensors;
import org.encore.api.weights.Weights;
import org.encore.experiment.Primary;
import org.encore.experiment.plan.Receipt;
import org.encore.experiment.result.BenchmarkSummary;
import org.encore.experiment.result.CurveFiles;
import org.encore.experiment.result.RecordFile;
import org.encore.experiment.result.RunPlan;
import org.encore.experiment.result.RunResults;
import org.encore.experiment.result.SampleFile;
import org.encore.experiment.result.Scores;
import org.encore.experiment.result.Statistics;
import org.encore.experiment.run.EventJson;
import org.encore.experiment.run.EventTail;
import org.encore.experiment.run.RunFolder;
import org.encore.experiment.run.RunStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Good files of runs, changed at random: a fixed number in every build, more where somebody asks. benchmarks/fuzz.md says what was found. */
class FuzzRunFilesTest {

    @TempDir
    Path folder;

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private interface Reading {
        void read() throws IOException;
    }

    /** Readers of files refuse by this, and by nothing else. */
    private static String refused(Reading reading) {
        try {
            reading.read();
            return null;
        } catch (IOException e) {
            return e.getMessage();
        }
    }

    private static final List<String> JSON = List.of("{", "}", "[", "]", "null", "true", "\"\"", ",", ":", "\"splits\":", "\"cells\":", "\"id\":", "\"value\":", "NaN", "\\u0000",
            "[[[[[[[[", "{\"a\":{\"a\":{\"a\":", "\"type\":\"run-started\"", "\"type\":\"train-step\"", "\"time\":\"2026\"");

    @Test
    void weights() throws IOException {
        Path file = folder.resolve("w.safetensors");
        var tensors = new LinkedHashMap<String, Weights.Values>();
        tensors.put("embedding", new Weights.Values(new long[] {3, 2}, FloatBuffer.wrap(new float[] {1, 2, 3, 4, 5, 6})));
        tensors.put("layer.0.norm", new Weights.Values(new long[] {4}, FloatBuffer.wrap(new float[4])));
        SafeTensors.write(file, new Weights(tensors), Map.of("step", "7"));
        byte[] good = Files.readAllBytes(file);
        byte[] huge = good.clone();
        ByteBuffer.wrap(huge).order(java.nio.ByteOrder.LITTLE_ENDIAN).putLong(0, Long.MAX_VALUE);
        var words = List.of("\"dtype\":\"F32\"", "\"shape\":[4611686018427387904,4]", "\"shape\":[-1]", "\"data_offsets\":[0,9223372036854775807]", "[[[[[[[[", "{\"a\":", "null",
                "__metadata__", "\"shape\":null", "\"data_offsets\":[0]", "}", ",");
        Trial.run("safetensors", new Mutation(List.of(good, huge, new byte[] {2, 0, 0, 0, 0, 0, 0, 0, '{', '}'}), words), Trial.cases(400), Trial.TO_READ, bytes -> {
            Files.write(file, bytes);
            return refused(() -> SafeTensors.read(file));
        });
    }

    @Test
    void filesOfRuns() throws IOException {
        Path run = Files.createDirectories(folder.resolve("run"));
        var folderOfRun = new RunFolder(run);
        new RunPlan("small", List.of("train", "benchmark"), new Primary("per", "test", List.of("enc", "dec"), 1, List.of()),
                List.of(new RunPlan.OfCell("enc-seed1", "enc", 1, Map.of("task", "x"), "1a2b", "g2p-cmudict")),
                Map.of("1a2b", new RunPlan.OfModel("encoder-decoder", Map.of("layers", 2), 8000, 16, 16, List.of())),
                Map.of("benchmark", Map.of("", List.of("enc-seed1"))), List.of(new Receipt("enc", "parameters", 8000, 8000, 1, 2, 16, 16, 0.5)),
                Map.of("enc", new RunPlan.Tuned(2, Map.of("a", "b"), List.of("a"))), Map.of("words", "0123")).write(folderOfRun);
        byte[] plan = Files.readAllBytes(run.resolve(RunFolder.PLAN));
        RecordFile.write(run.resolve("s"), new Scores("greedy", Map.of("test", Map.of("per", new Scores.Score(12.5, "%", true, 100)))));
        byte[] scores = Files.readAllBytes(run.resolve("s"));
        var estimate = new BenchmarkSummary.Estimate(1, 0.9, Double.POSITIVE_INFINITY);
        RecordFile.write(run.resolve("b"), new BenchmarkSummary("ort", 16, 16, 10, 1, new BenchmarkSummary.Course(2, true, true, false, false),
                Map.of("enc-seed1", new BenchmarkSummary.Cell(estimate, estimate, 50, 1000, 100)), List.of(new BenchmarkSummary.Comparison("enc-seed1", "enc2-seed1",
                        "firstTokenMillis", estimate, 10)), Map.of("firstTokenMillis", estimate), Map.of("cpu", "x")));
        byte[] summary = Files.readAllBytes(run.resolve("b"));
        long cases = Trial.cases(400);
        Trial.run("plan.json", new Mutation(List.of(plan), JSON), cases, Trial.TO_READ, bytes -> {
            Files.write(run.resolve(RunFolder.PLAN), bytes);
            return refused(() -> RunPlan.read(folderOfRun));
        });
        Path file = run.resolve("r.json");
        Trial.run("scores.json", new Mutation(List.of(scores, summary), JSON), cases, Trial.TO_READ, bytes -> {
            Files.write(file, bytes);
            return refused(() -> RecordFile.read(file, Scores.class));
        });
        Trial.run("summary.json", new Mutation(List.of(summary), JSON), cases, Trial.TO_READ, bytes -> {
            Files.write(file, bytes);
            return refused(() -> RecordFile.read(file, BenchmarkSummary.class));
        });
    }

    @Test
    void logs() throws IOException {
        Path run = Files.createDirectories(folder.resolve("run"));
        var lines = new StringBuilder();
        for (Event event : List.of(new Event.RunStarted("r", "e", List.of(new Event.Cell("enc-seed1", "enc", 1, 100, Map.of("task", "x"))), List.of("train"), false),
                new Event.StageStarted("enc-seed1", "train"), new Event.TrainStep("enc-seed1", 1, 100, 1000, 4.5, 1e-3, 0.5, 1e4), new Event.TrainEvaluation("enc-seed1", 1, 100, 4.5),
                new Event.Progress("enc-seed1", "evaluate", 1, 2, "examples"), new Event.Scored("enc-seed1", "test", "per", 1.5, "%", 10),
                new Event.RaceRepeat(1, false, List.of(new Event.Turn("enc-seed1", 1.5, 0.5))), new Event.Sample("enc-seed1", 1, 1.5, 0.5, false),
                new Event.Message("info", "text"), new Event.StageFailed("enc-seed1", "train", "why"),
                new Event.RunFinished("done", 10))) {
            lines.append(EventJson.write(Instant.EPOCH, event)).append('\n');
        }
        Trial.run("events.jsonl", new Mutation(List.of(text(lines.toString())), JSON), Trial.cases(200), Trial.TO_READ, bytes -> {
            Files.write(run.resolve("events.jsonl"), bytes);
            EventTail.readAll(run);
            RunStatus.of(new RunFolder(run)).doing();
            return refused(() -> RunResults.read(run));
        });
    }

    @Test
    void tables() throws IOException {
        Path run = Files.createDirectories(folder.resolve("run"));
        var words = List.of(",", ",,,,,,,,", "\n", "\"", "true", "cell", "per.0", "per.", ".", "\r", "1,2,3");
        long cases = Trial.cases(400);
        Trial.run("samples.csv", new Mutation(List.of(text("cell,repeat,firstTokenMillis,perTokenMillis,voided,wallMillis,cores,stealMillis,waitMillis,foreignMillis\n"
                + "enc-seed1,0,1.5,0.25,false,10.0,2,0,0.1,0.2\na,b,1,1.5,0.25,true,,,,,\n")), words), cases, Trial.TO_READ, bytes -> {
            Files.write(run.resolve("samples.csv"), bytes);
            return refused(() -> SampleFile.read(run));
        });
        Trial.run("curve.csv", new Mutation(List.of(text("step,tokens,lossNats,learningRate,gradientNorm,tokensPerSecond\n1,100,4.5,0.001,0.5,10000.0\n2,200,NaN,0.001,0.5,1e4\n")), words),
                cases, Trial.TO_READ, bytes -> {
                    Files.write(run.resolve("curve.csv"), bytes);
                    Files.write(run.resolve("development.csv"), bytes);
                    return refused(() -> {
                        CurveFiles.training(run, "enc");
                        CurveFiles.development(run, "enc");
                    });
                });
        Trial.run("statistics.csv", new Mutation(List.of(text("per.0,per.1,wer.0,wer.1\n1,5,1,1\n0,4,0,1\n0.5,4,0,1\n")), words), cases, Trial.TO_READ, bytes -> {
            Files.write(run.resolve("statistics-test.csv"), bytes);
            return refused(() -> Statistics.read(run, "test"));
        });
    }
}
