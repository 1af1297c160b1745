package org.encore.listeners.tests;

import static org.encore.listeners.tests.TrackingRules.check;
import static org.encore.listeners.tests.TrackingRules.name;
import static org.encore.listeners.tests.TrackingRules.value;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

/** What a tracking server knows and answers; it takes requests apart as MLflow does (mlflow/server/handlers.py, 2.17). */
class TrackingApi {

    private static final Pattern BY_TAG = Pattern.compile("tags\\.`([^`]+)` = '([^']*)'");

    final Map<String, String> experiments = new LinkedHashMap<>();
    final Map<String, Run> runs = new LinkedHashMap<>();
    final Map<String, byte[]> artifacts = new HashMap<>();
    private final Set<String> rows = new HashSet<>();
    volatile String authorization = "";
    volatile boolean experimentAppears;

    record Run(String id, String experiment, JsonObject info, Map<String, String> tags, Map<String, String> params, Map<String,
            List<JsonObject>> metrics) {}

    /** The only run of this name. */
    synchronized Run run(String name) {
        List<Run> found = named(name);
        if (found.size() != 1) {
            throw new IllegalStateException(found.size() + " runs are called " + name + ", of " + runs.values().stream().map(Run::info).toList());
        }
        return found.getFirst();
    }

    private List<Run> named(String name) {
        return runs.values().stream().filter(run -> run.info().get("run_name").getAsString().equals(name)).toList();
    }

    /** Steps and values of a metric; none as long as there is no such run. */
    synchronized List<String> steps(String name, String metric) {
        return named(name).stream().flatMap(run -> run.metrics().getOrDefault(metric, List.of()).stream())
                .map(m -> m.get("step").getAsLong() + ": " + m.get("value").getAsString()).toList();
    }

    synchronized void forgetRuns() {
        runs.clear();
        rows.clear();
    }

    /** What MLflow would answer. */
    JsonElement answer(String method, URI uri, String said, String contentType, byte[] body) {
        if (!authorization.isEmpty() && !authorization.equals(said)) {
            throw new TrackingRules.Wrong(401, "UNAUTHENTICATED", "you are not authenticated; you said " + said);
        }
        String path = uri.getPath();
        if (path.startsWith("/api/2.0/mlflow-artifacts/artifacts/") && method.equals("PUT")) {
            artifacts.put(path.substring("/api/2.0/mlflow-artifacts/artifacts/".length()), body);
            return new JsonObject();
        }
        if (method.equals("GET") && path.equals("/api/2.0/mlflow/experiments/get-by-name")) {
            return experimentByName(uri);
        }
        check(method.equals("POST"), "method " + method);
        check("application/json".equals(contentType), "Bad Request. Content-Type must be application/json.");
        JsonObject request = JsonParser.parseString(new String(body, StandardCharsets.UTF_8)).getAsJsonObject();
        return switch (path) {
            case "/api/2.0/mlflow/experiments/create" -> createExperiment(request);
            case "/api/2.0/mlflow/runs/create" -> createRun(request);
            case "/api/2.0/mlflow/runs/search" -> search(request);
            case "/api/2.0/mlflow/runs/log-batch" -> {
                check(body.length <= 1_000_000, "Batched logging API requests must be at most 1000000 bytes");
                yield logBatch(request);
            }
            case "/api/2.0/mlflow/runs/set-tag" -> {
                asked(request).tags().put(name(request), value(request, 5000));
                yield new JsonObject();
            }
            case "/api/2.0/mlflow/runs/update" -> update(request);
            default -> throw new TrackingRules.Wrong(404, "ENDPOINT_NOT_FOUND", path);
        };
    }

    private JsonObject experimentByName(URI uri) {
        String name = URLDecoder.decode(uri.getRawQuery().replaceFirst("^experiment_name=", ""), StandardCharsets.UTF_8);
        if (!experiments.containsKey(name)) {
            if (experimentAppears) {
                experiments.put(name, "42"); // another process makes it now
            }
            throw new TrackingRules.Wrong(404, "RESOURCE_DOES_NOT_EXIST", "Could not find experiment with name '" + name + "'");
        }
        var experiment = new JsonObject();
        experiment.addProperty("experiment_id", experiments.get(name));
        experiment.addProperty("name", name);
        experiment.addProperty("lifecycle_stage", name.equals("gone") ? "deleted" : "active");
        var answer = new JsonObject();
        answer.add("experiment", experiment);
        return answer;
    }

    private JsonObject createExperiment(JsonObject request) {
        String name = request.get("name").getAsString();
        if (experiments.containsKey(name)) {
            throw new TrackingRules.Wrong(400, "RESOURCE_ALREADY_EXISTS", "Experiment(name=" + name + ") already exists.");
        }
        experiments.put(name, Integer.toString(experiments.size() + 1));
        var answer = new JsonObject();
        answer.addProperty("experiment_id", experiments.get(name));
        return answer;
    }

    private JsonObject createRun(JsonObject request) {
        String experiment = request.get("experiment_id").getAsString();
        check(experiments.containsValue(experiment), "No Experiment with id=" + experiment + " exists");
        check(request.get("start_time").getAsLong() > 0, "start_time");
        String id = String.format("%032x", runs.size() + 1);
        var info = request.deepCopy();
        info.remove("tags");
        info.addProperty("run_id", id);
        info.addProperty("status", "RUNNING");
        info.addProperty("artifact_uri", "mlflow-artifacts:/" + experiment + "/" + id + "/artifacts");
        var run = new Run(id, experiment, info, new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
        request.getAsJsonArray("tags").forEach(tag -> run.tags().put(name(tag.getAsJsonObject()), value(tag.getAsJsonObject(), 5000)));
        check(run.tags().get("mlflow.runName").equals(request.get("run_name").getAsString()),
                "Both 'run_name' argument and 'mlflow.runName' tag are specified");
        runs.put(id, run);
        return wrapped(run);
    }

    private JsonObject search(JsonObject request) {
        Matcher filter = BY_TAG.matcher(request.get("filter").getAsString());
        check(filter.matches(), "Invalid clause(s) in filter string: " + request.get("filter"));
        var found = new JsonArray();
        runs.values().stream().filter(run -> request.getAsJsonArray("experiment_ids").asList().stream().anyMatch(id -> id.getAsString()
                .equals(run.experiment())))
                .filter(run -> filter.group(2).equals(run.tags().get(filter.group(1)))).forEach(run -> found.add(wrapped(run).get("run")));
        var answer = new JsonObject();
        if (!found.isEmpty()) {
            answer.add("runs", found); // protocol buffers leave out what is empty
        }
        return answer;
    }

    private JsonObject wrapped(Run run) {
        var data = new JsonObject();
        var metrics = new JsonArray();
        run.metrics().forEach((key, values) -> values.stream().max(Comparator.comparingLong(m -> m.get("step").getAsLong())).ifPresent(latest -> {
            JsonObject metric = latest.deepCopy();
            if (metric.get("step").getAsLong() == 0) {
                metric.remove("step");
            }
            metrics.add(metric);
        }));
        data.add("metrics", metrics);
        data.add("params", pairs(run.params()));
        data.add("tags", pairs(run.tags()));
        var wrapped = new JsonObject();
        wrapped.add("info", run.info());
        wrapped.add("data", data);
        var answer = new JsonObject();
        answer.add("run", wrapped);
        return answer;
    }

    private static JsonArray pairs(Map<String, String> map) {
        var pairs = new JsonArray();
        map.forEach((key, value) -> {
            var pair = new JsonObject();
            pair.addProperty("key", key);
            pair.addProperty("value", value);
            pairs.add(pair);
        });
        return pairs;
    }

    private JsonObject logBatch(JsonObject request) {
        Run run = asked(request);
        JsonArray metrics = array(request, "metrics");
        JsonArray params = array(request, "params");
        JsonArray tags = array(request, "tags");
        check(metrics.size() <= 1000, "A batch logging request can contain at most 1000 metrics. Got " + metrics.size());
        check(params.size() <= 100, "A batch logging request can contain at most 100 params. Got " + params.size());
        check(tags.size() <= 100, "A batch logging request can contain at most 100 tags. Got " + tags.size());
        check(metrics.size() + params.size() + tags.size() <= 1000, "too many entities");
        for (JsonElement entry : params) {
            String value = value(entry.getAsJsonObject(), 500);
            String known = run.params().putIfAbsent(name(entry.getAsJsonObject()), value);
            check(known == null || known.equals(value), "Changing param values is not allowed. Param with key='" + name(entry.getAsJsonObject())
                    + "'");
        }
        for (JsonElement entry : metrics) {
            JsonObject metric = entry.getAsJsonObject();
            check(metric.get("timestamp").getAsLong() >= 0 && metric.get("step").getAsLong() >= 0, "metric " + metric);
            check(metric.getAsJsonPrimitive("value").isNumber() || List.of("NaN", "Infinity", "-Infinity").contains(metric.get("value")
                    .getAsString()), "value " + metric);
            if (rows.add(run.id() + metric)) { // the database has one row for key, time, step and value
                run.metrics().computeIfAbsent(name(metric), key -> new ArrayList<>()).add(metric);
            }
        }
        return new JsonObject();
    }

    private JsonObject update(JsonObject request) {
        Run run = asked(request);
        check(List.of("RUNNING", "SCHEDULED", "FINISHED", "FAILED", "KILLED").contains(request.get("status").getAsString()), "status");
        run.info().addProperty("status", request.get("status").getAsString());
        if (request.has("end_time")) {
            run.info().addProperty("end_time", request.get("end_time").getAsLong());
        }
        return new JsonObject();
    }

    private Run asked(JsonObject request) {
        Run run = runs.get(request.get("run_id").getAsString());
        if (run == null) {
            throw new TrackingRules.Wrong(404, "RESOURCE_DOES_NOT_EXIST", "Run with id=" + request.get("run_id").getAsString() + " not found");
        }
        return run;
    }

    private static JsonArray array(JsonObject of, String name) {
        return of.has(name) ? of.getAsJsonArray(name) : new JsonArray();
    }
}
