package org.encore.listeners.mlflow;

import static org.encore.listeners.mlflow.Json.object;
import static org.encore.listeners.mlflow.Json.objects;
import static org.encore.listeners.mlflow.Json.pairs;
import static org.encore.listeners.mlflow.Json.part;
import static org.encore.listeners.mlflow.Json.text;
import static org.encore.listeners.mlflow.Json.whole;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.encore.listeners.series.Point;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

/** MLflow runs on a tracking server. Each is found again by a tag, so that a request whose answer was lost makes none twice. */
final class ServerTracking implements Tracking {

    /** Most parameters in one request. */
    private static final int BATCH = 100;
    /** Artifacts that the server itself takes; with a host behind it, another server does. */
    private static final String OWN_ARTIFACTS = "mlflow-artifacts:/";

    private final Rest rest;
    private final ServerExperiments experiments;
    private final Map<String, String> artifacts = new HashMap<>();

    ServerTracking(Rest rest) {
        this.rest = rest;
        this.experiments = new ServerExperiments(rest);
    }

    @Override
    public Known open(Wanted wanted) throws IOException {
        String experiment = experiments.id(wanted.experiment());
        Optional<JsonObject> found = find(experiment, wanted.identity());
        JsonObject run = found.isPresent() ? found.get() : create(experiment, wanted);
        JsonObject data = run.get("data") instanceof JsonObject there ? there : new JsonObject();
        String id = text(part(run, "info"), "run_id");
        artifacts.put(id, text(part(run, "info"), "artifact_uri"));
        var latest = new HashMap<String, Long>();
        objects(data, "metrics").forEach(metric -> latest.put(text(metric, "key"), whole(metric, "step")));
        var known = new Known(id, latest);
        if (found.isPresent()) {
            rest.post("runs/update", object("run_id", id, "status", "RUNNING"));
            if (!pairs(data, "tags").getOrDefault(FAILURE, "").isEmpty()) {
                tag(known, FAILURE, "");
            }
        }
        var missing = new HashMap<>(wanted.parameters());
        missing.keySet().removeAll(pairs(data, "params").keySet());
        for (List<Map.Entry<String, String>> part : Names.parts(List.copyOf(missing.entrySet()), BATCH)) {
            batch(id, "params", pairs(part));
        }
        return known;
    }

    private Optional<JsonObject> find(String experiment, String identity) throws IOException {
        JsonObject search = object("filter", "tags.`encore.identity` = '" + identity + "'");
        var ids = new JsonArray();
        ids.add(experiment);
        search.add("experiment_ids", ids);
        search.addProperty("max_results", 1);
        return objects(rest.post("runs/search", search), "runs").stream().findFirst();
    }

    private JsonObject create(String experiment, Wanted wanted) throws IOException {
        JsonObject run = object("experiment_id", experiment, "run_name", wanted.name(), "user_id", System.getProperty("user.name"));
        run.addProperty("start_time", wanted.started().toEpochMilli());
        run.add("tags", pairs(wanted.tags().entrySet()));
        return part(rest.post("runs/create", run), "run");
    }

    @Override
    public void metrics(Known run, List<Point> points) throws IOException {
        var metrics = new JsonArray();
        for (Point point : points) {
            JsonObject metric = object("key", Names.metric(point.series()));
            if (Double.isFinite(point.value())) {
                metric.addProperty("value", point.value());
            } else {
                metric.addProperty("value", Double.toString(point.value())); // NaN, Infinity, -Infinity, as protocol buffers write them in JSON
            }
            metric.addProperty("timestamp", point.time().toEpochMilli());
            metric.addProperty("step", point.step());
            metrics.add(metric);
        }
        batch(run.id(), "metrics", metrics);
    }

    private void batch(String run, String kind, JsonArray entries) throws IOException {
        JsonObject batch = object("run_id", run);
        batch.add(kind, entries);
        rest.post("runs/log-batch", batch);
    }

    @Override
    public void tag(Known run, String key, String value) throws IOException {
        for (var tag : Names.tags(Map.of(key, value)).entrySet()) {
            rest.post("runs/set-tag", object("run_id", run.id(), "key", tag.getKey(), "value", tag.getValue()));
        }
    }

    @Override
    public void end(Known run, Ending ending, Instant time) throws IOException {
        JsonObject update = object("run_id", run.id(), "status", ending.name());
        update.addProperty("end_time", time.toEpochMilli());
        rest.post("runs/update", update);
    }

    @Override
    public void artifact(Known run, Path file) throws IOException {
        String place = artifacts.getOrDefault(run.id(), "");
        if (place.startsWith(OWN_ARTIFACTS) && !place.startsWith(OWN_ARTIFACTS + "/")) {
            rest.put(place.substring(OWN_ARTIFACTS.length()) + "/" + file.getFileName(), file);
        }
    }

    @Override
    public String place() {
        return rest.server().toString();
    }

    @Override
    public void close() {
        rest.close();
    }
}
