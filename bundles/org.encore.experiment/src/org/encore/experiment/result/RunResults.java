package org.encore.experiment.result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.encore.api.run.Event;
import org.encore.experiment.run.EventTail;
import org.encore.experiment.run.RunFolder;

/**
 * Everything a run has found so far, read from its folder; what is not there yet is empty. The terminal's table, the report and the window all
 * read a run through this.
 *
 * @param folder of the run
 * @param cells in the experiment's order
 * @param curves by cell: training loss
 * @param development by cell: loss on held-out data
 * @param scores by cell
 * @param plan what the run set out to do, if it has begun
 * @param benchmarks label of the group of models to what was measured; the label is empty if there is one group
 * @param status running, done, failed or stopped
 * @param failures messages of stages that failed
 */
public record RunResults(RunFolder folder, String experiment, List<Event.Cell> cells, Map<String, List<Event.TrainStep>> curves,
        Map<String, List<Event.TrainEvaluation>> development, Map<String, Scores> scores, Optional<RunPlan> plan, Map<String,
        BenchmarkSummary> benchmarks, String status,
        List<Event.StageFailed> failures) {

    private static final String BENCHMARK = "benchmark";

    public static RunResults read(Path run) throws IOException {
        var folder = new RunFolder(run);
        var live = new LiveRun();
        var learning = new LearningCurves();
        new EventTail(run).poll(timed -> {
            live.on(timed.event());
            learning.on(timed.event());
        });
        var scores = new LinkedHashMap<String, Scores>();
        Map<String, List<Event.TrainStep>> curves = learning.training();
        Map<String, List<Event.TrainEvaluation>> development = learning.development();
        for (Event.Cell cell : live.cells()) {
            // a training that was done before this run left its curves in its result, not among this run's events
            Path trained = folder.result(cell.id(), "train");
            if (!curves.containsKey(cell.id()) && Files.isDirectory(trained)) {
                curves.put(cell.id(), CurveFiles.training(trained, cell.id()));
                development.put(cell.id(), CurveFiles.development(trained, cell.id()));
            }
            RecordFile.read(folder.result(cell.id(), "evaluate").resolve("scores.json"), Scores.class).ifPresent(s -> scores.put(cell.id(), s));
        }
        Optional<RunPlan> plan = RunPlan.read(folder);
        var benchmarks = new LinkedHashMap<String, BenchmarkSummary>();
        for (String label : plan.map(p -> p.groups().getOrDefault(BENCHMARK, Map.of()).keySet()).orElse(java.util.Set.of(""))) {
            Optional<BenchmarkSummary> whole = RecordFile.read(folder.ofGroup(label, BENCHMARK).resolve("summary.json"), BenchmarkSummary.class);
            whole.or(() -> partial(run, plan, label)).ifPresent(summary -> benchmarks.put(label, summary));
        }
        return new RunResults(folder, live.experiment(), live.cells(), curves, development, scores, plan, benchmarks, live.status(), live.failures());
    }

    /** What a stopped measurement left; what cannot be read of it is not missed. */
    private static Optional<BenchmarkSummary> partial(Path run, Optional<RunPlan> plan, String label) {
        Optional<String> first = plan.flatMap(p -> p.groups().getOrDefault(BENCHMARK, Map.of()).getOrDefault(label, List.of()).stream().findFirst());
        try {
            return first.isEmpty() ? Optional.empty() : RecordFile.read(Partial.folder(run, first.get()).resolve("summary.json"), BenchmarkSummary.class);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** What was measured of a cell: of itself, or of another seed of the same model, which takes the same time. */
    public Optional<BenchmarkSummary.Cell> speed(String cell) {
        return group(cell).flatMap(label -> Optional.ofNullable(benchmarks.get(label)))
                .flatMap(summary -> Optional.ofNullable(summary.cells().get(measuredAs(cell, summary))));
    }

    /** Label of the group that a cell was measured in. */
    public Optional<String> group(String cell) {
        return plan.isEmpty() ? benchmarks.keySet().stream().findFirst() : plan.flatMap(p -> p.groups().getOrDefault(BENCHMARK,
                Map.of()).entrySet().stream().filter(g -> g.getValue().contains(cell))
                .map(Map.Entry::getKey).findFirst());
    }

    private String measuredAs(String cell, BenchmarkSummary summary) {
        Optional<RunPlan.OfCell> own = plan.flatMap(p -> p.cells().stream().filter(c -> c.id().equals(cell)).findFirst());
        return own.flatMap(c -> plan.orElseThrow().cells().stream().filter(o -> summary.cells().containsKey(o.id()) && o.variant().equals(c.variant())
                && o.model().equals(c.model())).map(RunPlan.OfCell::id).findFirst()).orElse(cell);
    }
}
