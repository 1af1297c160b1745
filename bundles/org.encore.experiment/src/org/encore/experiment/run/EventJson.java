package org.encore.experiment.run;

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
    private static final Map<String, Class<? extends Record>> TYPES = Stream.of(Event.class.getPermittedSubclasses())
            .collect(Collectors.toMap(EventJson::typeName, type -> type.asSubclass(Record.class)));

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
            Class<? extends Record> type = object == null || !object.has("type") ? null : TYPES.get(object.get("type").getAsString());
            if (type == null || !object.has("time") || RecordFields.wrong(object, type).isPresent()) {
                return Optional.empty();
            }
            return Optional.of(new Timed(Instant.parse(object.get("time").getAsString()), (Event) GSON.fromJson(object, type)));
        } catch (JsonParseException | IllegalStateException | UnsupportedOperationException | NumberFormatException | DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static String typeName(Class<?> type) {
        return type.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase();
    }

    /** Fields of a record as JSON values, for CSV and summaries. */
    public static Map<String, JsonElement> fields(Record record) {
        return new LinkedHashMap<>(GSON.toJsonTree(record).getAsJsonObject().asMap());
    }
}
