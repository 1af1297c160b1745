package org.encore.listeners.mlflow;

import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.encore.api.run.Event;
import org.encore.listeners.mlflow.Tracking.Wanted;
import org.encore.listeners.series.Parameters;

/** What the MLflow runs of a run are called, belong to and were made with. */
final class Descriptions {

    private final Identity identity;
    private final Parameters parameters;
    private final String run;
    private final String experiment;
    private final Instant started;
    private final Set<String> cells;

    Descriptions(Path folder, Identity identity, Optional<String> experiment, Event.RunStarted run, Instant started) {
        this.identity = identity;
        this.parameters = new Parameters(folder);
        this.run = run.run();
        this.experiment = experiment.orElse(run.experiment());
        this.started = started;
        this.cells = run.cells().stream().map(Event.Cell::id).collect(Collectors.toUnmodifiableSet());
        parameters.on(run);
    }

    /** Whether it is a model of the run, and not a group of models. */
    boolean has(String cell) {
        return cells.contains(cell);
    }

    /** The MLflow run that stands for the whole run. */
    Wanted whole() {
        return wanted("", run, Map.of(), parameters.shared());
    }

    /** The MLflow run of a model. @param parent id of the whole; empty if there is none */
    Wanted of(String cell, String parent) {
        var all = new LinkedHashMap<>(parameters.shared());
        all.putAll(parameters.of(cell));
        return wanted(cell, cell, parent.isEmpty() ? Map.of() : Map.of("mlflow.parentRunId", parent), all);
    }

    private Wanted wanted(String cell, String name, Map<String, String> more, Map<String, String> made) {
        String id = identity.of(experiment, cell);
        var tags = new LinkedHashMap<String, String>();
        tags.put("mlflow.runName", name);
        tags.put("mlflow.user", System.getProperty("user.name"));
        tags.put("mlflow.source.name", "encore");
        tags.put("mlflow.source.type", "LOCAL");
        tags.put("encore.identity", id);
        tags.put("encore.run", run);
        tags.putAll(more);
        return new Wanted(id, experiment, name, started, Names.tags(tags), Names.parameters(made));
    }
}
