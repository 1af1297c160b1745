package org.encore.compare.tests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.encore.api.run.Event;
import org.encore.cost.PartCost;
import org.encore.experiment.Primary;
import org.encore.experiment.plan.Receipt;
import org.encore.experiment.result.BenchmarkSummary;
import org.encore.experiment.result.BenchmarkSummary.Comparison;
import org.encore.experiment.result.BenchmarkSummary.Estimate;
import org.encore.experiment.result.RunPlan;
import org.encore.experiment.result.RunResults;
import org.encore.experiment.result.Scores;
import org.encore.experiment.result.Statistics;
import org.encore.experiment.run.EventLog;
import org.encore.experiment.run.RunFolder;

import com.google.gson.GsonBuilder;

/** Writes a run's folder as a process that trains would, part by part; a test leaves out what it wants to be missing. */
public final class SmallRun {

    public static final Estimate QUIET = new Estimate(1.001, 0.996, 1.006);
    public static final BenchmarkSummary.Course CALM = new BenchmarkSummary.Course(12, true, true, false, false);

    private final Path folder;
    private final List<Event.Cell> cells = new ArrayList<>();
    private final List<Receipt> matched = new ArrayList<>();
    private final Map<String, RunPlan.Tuned> tuned = new LinkedHashMap<>();
    private final Map<String, RunPlan.OfModel> models = new LinkedHashMap<>();
    private final List<String> shared = new ArrayList<>(List.of("benchmark"));
    private Primary primary;
    private String task = "demo";

    public SmallRun(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    public Path folder() {
        return folder;
    }

    public RunResults results() throws IOException {
        return RunResults.read(folder);
    }

    public SmallRun on(Event... events) throws IOException {
        try (var log = new EventLog(folder)) {
            for (Event event : events) {
                log.on(folder, Instant.parse("2026-11-24T10:00:00Z"), event);
            }
        }
        return this;
    }

    /** The experiment asks a question beforehand. */
    public SmallRun asking(String first, String second, double margin) throws IOException {
        primary = new Primary(Primary.FIRST_METRIC, "test", List.of(first, second), margin, List.of());
        return planned();
    }

    /** The experiment asks beforehand whether the first two differ more than the others. */
    public SmallRun askingWhether(List<String> contrast, List<String> against, double margin) throws IOException {
        primary = new Primary(Primary.FIRST_METRIC, "test", contrast, margin, against);
        return planned();
    }

    /** Sizes were matched; goal 0 if they were not. */
    public SmallRun matched(String variant, String quantity, long goal, long parameters, double deviation) throws IOException {
        matched.add(new Receipt(variant, quantity, goal, parameters, 0, 0, 16, 16, deviation));
        return planned();
    }

    /** What the model of a variant costs, modelled, for 16 tokens read and 16 generated. */
    public SmallRun costing(String variant, PartCost... parts) throws IOException {
        models.put(variant, new RunPlan.OfModel(variant, Map.of(), 600_000, 16, 16, List.of(parts)));
        return planned();
    }

    /** Every turn of the race: 40 repeats of each model around its times in ms, and one that was voided. */
    public SmallRun timed(double... firstTokenMillis) throws IOException {
        var lines = new ArrayList<>(List.of("cell,repeat,firstTokenMillis,perTokenMillis,voided,"
                + "wallMillis,cores,stealMillis,waitMillis,foreignMillis"));
        for (int repeat = 0; repeat <= 40; repeat++) {
            for (int i = 0; i < firstTokenMillis.length; i++) {
                double time = repeat == 40 ? 99 : firstTokenMillis[i] * (0.98 + 0.001 * repeat);
                lines.add(cells.get(i).id() + "," + repeat + "," + time + "," + (repeat == 40 ? 99 : 0.25) + "," + (repeat == 40) + ",,,,,");
            }
        }
        return file("benchmark/samples.csv", String.join("\n", lines) + "\n");
    }

    /** A variant was tuned. */
    public SmallRun tuned(String variant, RunPlan.Tuned found) throws IOException {
        tuned.put(variant, found);
        return planned();
    }

    private SmallRun planned() throws IOException {
        List<RunPlan.OfCell> planned = cells.stream().map(c -> new RunPlan.OfCell(c.id(), c.variant(), c.seed(), c.axes(), c.variant(), task))
                .toList();
        Map<String, List<String>> together = Map.of("", cells.stream().map(Event.Cell::id).toList());
        var groups = new LinkedHashMap<String, Map<String, List<String>>>();
        shared.forEach(stage -> groups.put(stage, together));
        new RunPlan("demo", List.of("train"), primary, planned, models, groups, matched, tuned, Map.of()).write(new RunFolder(folder));
        return this;
    }

    /** What the experiment is about, if not {@code demo}. */
    public SmallRun of(String other) throws IOException {
        task = other;
        return planned();
    }

    /** All models share the result of a further stage. */
    public SmallRun sharing(String stage) throws IOException {
        shared.add(stage);
        return planned();
    }

    /** Begins with one model for each variant and seed. */
    public SmallRun begun(List<String> variants, long... seeds) throws IOException {
        return begunAt("", List.of(""), variants, seeds);
    }

    /** Begins with one model for each label of an axis, variant and seed. */
    public SmallRun begunAt(String axis, List<String> labels, List<String> variants, long... seeds) throws IOException {
        for (String label : labels) {
            for (String variant : variants) {
                for (long seed : seeds) {
                    cells.add(new Event.Cell(variant + (axis.isEmpty() ? "" : "-" + axis + "=" + label) + "-seed" + seed, variant, seed, 600_000
                            + variants.indexOf(variant), axis.isEmpty() ? Map.of() : Map.of(axis, label)));
                }
            }
        }
        planned();
        return on(new Event.RunStarted(folder.getFileName().toString(), "demo", cells, List.of("train"), false));
    }

    public SmallRun trained() throws IOException {
        for (Event.Cell cell : cells) {
            for (int step = 1; step <= 20; step++) {
                on(new Event.TrainStep(cell.id(), step, step * 50_000L, 1_000_000, 4 / Math.sqrt(step), 1e-3, 0.5, 20_000));
            }
            on(new Event.TrainEvaluation(cell.id(), 10, 500_000, 1.3), new Event.TrainEvaluation(cell.id(), 20, 1_000_000, 0.9));
        }
        return this;
    }

    /** PER of each model in order, on both splits, and a metric of a plug-in where more is better. */
    public SmallRun evaluated(double... percent) throws IOException {
        for (int i = 0; i < percent.length; i++) {
            var development = new LinkedHashMap<String, Scores.Score>();
            development.put("per", new Scores.Score(percent[i] - 0.5, "%", true, 6_291));
            var test = new LinkedHashMap<String, Scores.Score>();
            test.put("per", new Scores.Score(percent[i], "%", true, 12_333));
            test.put("agreement", new Scores.Score(percent[i] / 100, "", false, 500));
            var splits = new LinkedHashMap<String, Map<String, Scores.Score>>();
            splits.put("development", development);
            splits.put("test", test);
            write("cells/" + cells.get(i).id() + "/evaluate/scores.json", new Scores("greedy", splits));
            Statistics.write(folder.resolve("cells/" + cells.get(i).id() + "/evaluate"), "test", Map.of());
        }
        return this;
    }

    /** A model has the result of another, since they are the same. */
    public SmallRun sharingEvaluation(int cell, int other) throws IOException {
        Path own = folder.resolve("cells/" + cells.get(cell).id() + "/evaluate");
        Files.move(own, own.resolveSibling("unused"));
        Files.createSymbolicLink(own, folder.resolve("cells/" + cells.get(other).id() + "/evaluate").toAbsolutePath());
        return this;
    }

    /** What each output of a model contributes to PER: edits and length of the reference. */
    public SmallRun answered(int cell, double[][] contributions) throws IOException {
        Path evaluated = Files.createDirectories(folder.resolve("cells/" + cells.get(cell).id() + "/evaluate"));
        Statistics.write(evaluated, "test", Map.of("per", contributions));
        return this;
    }

    /** First-token medians in order, each with an interval of two percent to both sides; noise is the same in both quantities. */
    public SmallRun benchmarked(Estimate noise, int voided, List<Comparison> comparisons, double... firstTokenMillis) throws IOException {
        return benchmarked(noise, voided, CALM, comparisons, firstTokenMillis);
    }

    public SmallRun benchmarked(Estimate noise, int voided, BenchmarkSummary.Course course, List<Comparison> comparisons, double... firstTokenMillis)
            throws IOException {
        var measured = new LinkedHashMap<String, BenchmarkSummary.Cell>();
        for (int i = 0; i < firstTokenMillis.length; i++) {
            double first = firstTokenMillis[i];
            measured.put(cells.get(i).id(), new BenchmarkSummary.Cell(new Estimate(first, first * 0.98, first * 1.02), new Estimate(0.25, 0.24, 0.26),
                    i == 0 ? Double.NaN : 180, 2_400_000, 98_304));
        }
        var floor = new LinkedHashMap<String, Estimate>();
        floor.put("firstTokenMillis", noise);
        floor.put("perTokenMillis", noise);
        return benchmarked(new BenchmarkSummary("ONNX Runtime 1.29.0, 1 thread", 16, 16, 40, voided, course, measured, comparisons,
                floor, Map.of("processor", "a & b <c>")));
    }

    public SmallRun benchmarked(BenchmarkSummary summary) throws IOException {
        write("benchmark/summary.json", summary);
        return this;
    }

    public SmallRun done() throws IOException {
        return on(new Event.RunFinished("done", 60));
    }

    public SmallRun file(String name, String content) throws IOException {
        Files.createDirectories(folder.resolve(name).getParent());
        Files.writeString(folder.resolve(name), content);
        return this;
    }

    private void write(String file, Object content) throws IOException {
        file(file, new GsonBuilder().serializeSpecialFloatingPointValues().create().toJson(content));
    }

    /** A complete run of two architectures at one seed. */
    public static SmallRun complete(Path folder) throws IOException {
        return new SmallRun(folder).begun(List.of("decoder-only", "encoder-decoder"), 1).trained().evaluated(22.5, 21.25)
                .benchmarked(QUIET, 2, List.of(
                        new Comparison("encoder-decoder-seed1", "decoder-only-seed1", "firstTokenMillis", new Estimate(1.42, 1.38, 1.47), 40),
                        new Comparison("decoder-only-seed1", "encoder-decoder-seed1", "perTokenMillis", new Estimate(1.01, 0.98, 1.04), 40)), 1.42,
                                1.0)
                .matched("decoder-only", "parameters", 600_000, 603_540, 0.59).matched("encoder-decoder", "parameters", 600_000, 599_400, -0.1)
                .costing("decoder-only", new PartCost("decoder.0.attention", 3_000_000, 1_000_000, 800_000, 8_000),
                new PartCost("head", 500_000, 700_000, 400_000, 0))
                .costing("encoder-decoder", new PartCost("encoder.0.attention", 2_000_000, 0, 0, 0),
                new PartCost("decoder.0.cross", 1_000_000, 1_500_000, 500_000, 9_000))
                .timed(1.42, 1.0).file("resolved.yaml", "name: demo\n").done();
    }
}
