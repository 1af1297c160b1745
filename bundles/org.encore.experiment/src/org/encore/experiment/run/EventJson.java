package org.encore.experiment.run;

import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.encore.api.run.Event;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;

/** Events as lines of JSON: {@code {"time":"…","type":"train-step","cell":"dec-seed1",…}}. */
public final class EventJson {

    private static final Gson GSON = new GsonBuilder().serializeSpecialFloatingPointValues().disableHtmlEscaping().create();
    private static final Map<String, Class<?>> TYPES = Stream.of(Event.class.getPermittedSubclasses())
            .collect(Collectors.toMap(EventJson::typeName, type -> type));

    private EventJson() {}

    /** When something happened, and what. */
    public record Timed(Instant time, Event event) {}

    public static String write(Instant time, Event event) {
        var line = new JsonObject();
        line.addProperty("time", time.toString());
        line.addProperty("type", typeName(event.getClass()));
        GSON.toJsonTree(event).getAsJsonObject().entrySet().forEach(field -> line.add(field.getKey(), field.getValue()));
        return GSON.toJson(line);
    }

    /** The event of a line; empty if the line is half-written, of an unknown type or lacks a field: a newer or a crashed writer's. */
    public static Optional<Timed> read(String line) {
        try {
            JsonObject object = GSON.fromJson(line, JsonObject.class);
            Class<?> type = object == null || !object.has("type") ? null : TYPES.get(object.get("type").getAsString());
            if (type == null || !has(object, type)) {
                return Optional.empty();
            }
            return Optional.of(new Timed(Instant.parse(object.get("time").getAsString()), (Event) GSON.fromJson(object, type)));
        } catch (JsonParseException | IllegalStateException | UnsupportedOperationException | NumberFormatException | DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static boolean has(JsonObject object, Class<?> type) {
        return object.has("time") && Stream.of(type.getRecordComponents()).map(RecordComponent::getName).map(object::get)
                .noneMatch(value -> value == null || value.isJsonNull());
    }

    private static String typeName(Class<?> type) {
        return type.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase();
    }

    /** Fields of a record as JSON values, for CSV and summaries. */
    public static Map<String, JsonElement> fields(Record record) {
        return new LinkedHashMap<>(GSON.toJsonTree(record).getAsJsonObject().asMap());
    }
}
