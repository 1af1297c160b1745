package org.encore.listeners.series;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.encore.api.run.Event;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.ToNumberPolicy;

/** What a run and its models were made with, as flat names and text, from {@code resolved.yaml} and {@code plan.json} in the run's folder. */
public final class Parameters {

    /** Said for each model, or about something else than what results depend on; addresses stay here. */
    private static final Set<String> NOT_SHARED = Set.of("name", "variants", "seeds", "matrix", "tune", "stages", "listeners", "launcher", "budget");

    private static final Gson GSON = new GsonBuilder().setObjectToNumberStrategy(ToNumberPolicy.LAZILY_PARSED_NUMBER).create();

    private final Path run;
    private final Map<String, Event.Cell> cells = new HashMap<>();
    private FileTime read = FileTime.fromMillis(-1);
    private JsonObject plan = new JsonObject();
    private final Map<String, String> modelOf = new HashMap<>();

    /** @param run the run's folder */
    public Parameters(Path run) {
        this.run = run;
    }

    /** Takes in what the run says about its models. */
    public void on(Event.RunStarted started) {
        started.cells().forEach(cell -> cells.put(cell.id(), cell));
    }

    /** What all models have in common: {@code train.epochs} to 3. */
    public Map<String, String> shared() {
        var shared = new LinkedHashMap<String, String>();
        try {
            Object resolved = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(run.resolve("resolved.yaml")));
            if (resolved instanceof Map<?, ?> map) {
                map.forEach((name, value) -> {
                    if (!NOT_SHARED.contains(String.valueOf(name))) {
                        flatten(String.valueOf(name), value, shared);
                    }
                });
            }
        } catch (IOException | YamlEngineException e) {
            return Map.of(); // the run has it; a tracker can do without
        }
        return shared;
    }

    /** What a model is: variant, seed, number of parameters, architecture with its options, and its place on the other axes. */
    public Map<String, String> of(String id) {
        var own = new LinkedHashMap<String, String>();
        Event.Cell cell = cells.get(id);
        if (cell == null) {
            return own; // a trial
        }
        own.put("variant", cell.variant());
        own.put("seed", Long.toString(cell.seed()));
        own.put("parameters", Long.toString(cell.parameters()));
        try {
            JsonObject model = model(id);
            if (model.get("architecture") instanceof JsonPrimitive architecture) {
                own.put("architecture", architecture.getAsString());
                flatten("architecture", GSON.fromJson(model.get("options"), Object.class), own);
            }
            if (plan.getAsJsonObject("tuned") instanceof JsonObject tuned && tuned.get(cell.variant()) instanceof JsonObject best) {
                best.getAsJsonObject("chosen").asMap().forEach((option, value) -> own.put(option, value.getAsString()));
            }
        } catch (IOException | JsonParseException | ClassCastException | IllegalStateException | NullPointerException e) {
            // the run has it; a tracker can do without
        }
        own.putAll(cell.axes());
        return own;
    }

    /** The model of a cell in the plan, which is written anew once options are tuned. */
    private JsonObject model(String id) throws IOException {
        Path file = run.resolve("plan.json");
        FileTime written = Files.getLastModifiedTime(file);
        if (!written.equals(read)) {
            JsonObject now = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
            now.getAsJsonArray("cells").forEach(cell -> modelOf.put(text(cell, "id"), text(cell, "model")));
            plan = now;
            read = written;
        }
        return plan.getAsJsonObject("models").get(modelOf.getOrDefault(id, "")) instanceof JsonObject model ? model : new JsonObject();
    }

    private static String text(JsonElement object, String name) {
        return object.getAsJsonObject().get(name).getAsString();
    }

    private static void flatten(String name, @Nullable Object value, Map<String, String> into) {
        switch (value) {
            case null -> { }
            case Map<?, ?> map -> map.forEach((inner, item) -> flatten(name + "." + inner, item, into));
            case List<?> list -> into.put(name, GSON.toJson(list));
            default -> into.put(name, value.toString());
        }
    }
}
