package org.encore.experiment.result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.encore.api.run.Event;
import org.encore.experiment.run.EventJson;
import org.encore.experiment.run.EventTail;
import org.encore.experiment.run.RunFolder;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;

/**
 * Everything a run has found so far, read from its folder; what is not there yet is empty. The terminal's table, the report and the window all
 * read a run through this.
 *
 * @param folder of the run
 * @param cells in the experiment's order
 * @param curves by cell: training loss
 * @param development by cell: loss on held-out data
 * @param scores by cell
 * @param benchmark of all cells
 * @param status running, done, failed or stopped
 * @param failures messages of stages that failed
 */
public record RunResults(RunFolder folder, String experiment, List<Event.Cell> cells, Map<String, List<Event.TrainStep>> curves,
        Map<String, List<Event.TrainEvaluation>> development, Map<String, Scores> scores, Optional<BenchmarkSummary> benchmark, String status,
        List<Event.StageFailed> failures) {

    public static RunResults read(Path run) throws IOException {
        var folder = new RunFolder(run);
        var live = new LiveRun();
        for (EventJson.Timed timed : EventTail.readAll(run)) {
            live.on(timed.event());
        }
        var scores = new LinkedHashMap<String, Scores>();
        Map<String, List<Event.TrainStep>> curves = live.curves();
        Map<String, List<Event.TrainEvaluation>> development = live.development();
        for (Event.Cell cell : live.cells()) {
            // a training that was done before this run left its curves in its result, not among this run's events
            Path trained = folder.result(cell.id(), "train");
            if (!curves.containsKey(cell.id()) && Files.isDirectory(trained)) {
                curves.put(cell.id(), CurveFiles.training(trained, cell.id()));
                development.put(cell.id(), CurveFiles.development(trained, cell.id()));
            }
            json(folder.result(cell.id(), "evaluate").resolve("scores.json"), Scores.class).ifPresent(s -> scores.put(cell.id(), s));
        }
        var benchmark = json(folder.result("", "benchmark").resolve("summary.json"), BenchmarkSummary.class);
        return new RunResults(folder, live.experiment(), live.cells(), curves, development, scores, benchmark, live.status(), live.failures());
    }

    private static <T> Optional<T> json(Path file, Class<T> type) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(new Gson().fromJson(Files.readString(file), type));
        } catch (JsonParseException e) {
            throw new IOException(file + " is damaged: " + e.getMessage() + ". Delete its folder and run the experiment again.", e);
        }
    }
}
