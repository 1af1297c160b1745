package org.encore.listeners.mlflow;

import static org.encore.listeners.mlflow.Json.object;
import static org.encore.listeners.mlflow.Json.part;
import static org.encore.listeners.mlflow.Json.text;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import com.google.gson.JsonObject;

/** Experiments of a tracking server by name, made when they are first needed. */
final class ServerExperiments {

    private final Rest rest;
    private final Map<String, String> known = new HashMap<>();

    ServerExperiments(Rest rest) {
        this.rest = rest;
    }

    /** The id of an experiment. */
    String id(String name) throws IOException {
        String id = known.get(name);
        if (id == null) {
            Optional<String> there = find(name);
            id = there.isPresent() ? there.get() : create(name);
            known.put(name, id);
        }
        return id;
    }

    private Optional<String> find(String name) throws IOException {
        JsonObject experiment;
        try {
            experiment = part(rest.get("experiments/get-by-name", Map.of("experiment_name", name)), "experiment");
        } catch (Refusal e) {
            if (e.says("RESOURCE_DOES_NOT_EXIST")) {
                return Optional.empty();
            }
            throw e;
        }
        if (text(experiment, "lifecycle_stage").equals("deleted")) {
            throw new Refusal("its experiment '" + name + "' is deleted. Restore it, or name another: mlflow: {experiment: …}", true);
        }
        return Optional.of(text(experiment, "experiment_id"));
    }

    private String create(String name) throws IOException {
        try {
            return text(rest.post("experiments/create", object("name", name)), "experiment_id");
        } catch (Refusal e) {
            if (e.says("RESOURCE_ALREADY_EXISTS")) {
                return find(name).orElseThrow(() -> e); // another process was faster
            }
            throw e;
        }
    }
}
