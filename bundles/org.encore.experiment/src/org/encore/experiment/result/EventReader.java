package org.encore.experiment.result;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.encore.api.run.Event;

/** Folds events into what they amount to. */
final class EventReader {

    String experiment = "";
    String status = "running";
    List<Event.Cell> cells = List.of();
    final Map<String, List<Event.TrainStep>> curves = new LinkedHashMap<>();
    final Map<String, List<Event.TrainEvaluation>> development = new LinkedHashMap<>();
    final List<Event.StageFailed> failures = new ArrayList<>();

    void on(Event event) {
        switch (event) {
            case Event.RunStarted e -> {
                experiment = e.experiment();
                cells = List.copyOf(e.cells());
                status = "running";
                failures.clear();
            }
            case Event.TrainStep e -> curves.computeIfAbsent(e.cell(), c -> new ArrayList<>()).add(e);
            case Event.TrainEvaluation e -> development.computeIfAbsent(e.cell(), c -> new ArrayList<>()).add(e);
            case Event.StageFailed e -> failures.add(e);
            case Event.RunFinished e -> status = e.status();
            case Event.StageStarted e -> restart(e);
            case Event.StageCached e -> { }
            case Event.Progress e -> { }
            case Event.Scored e -> { }
            case Event.Sample e -> { }
            case Event.StageFinished e -> { }
            case Event.Message e -> { }
        }
    }

    /** A training that starts over after a kill draws its curve anew. */
    private void restart(Event.StageStarted started) {
        if (started.stage().equals("train")) {
            curves.remove(started.cell());
            development.remove(started.cell());
        }
    }
}
