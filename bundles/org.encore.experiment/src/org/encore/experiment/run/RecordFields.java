package org.encore.experiment.run;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;

/**
 * Whether JSON has every field of a record, in it and in the records inside. The JSON library makes a record without some of its fields, and says
 * no word; it fails later, far from its cause.
 */
public final class RecordFields {

    private static final String TOP = "the file";

    /** A field of a record; looking at a class anew for each of ten thousand events takes longer than reading them. */
    private record Field(String name, Type type, boolean maybeMissing) {}

    private static final ClassValue<List<Field>> FIELDS = new ClassValue<>() {
        @Override
        protected List<Field> computeValue(Class<?> record) {
            return Arrays.stream(record.getRecordComponents())
                    .map(c -> new Field(c.getName(), c.getGenericType(), c.getAnnotatedType().isAnnotationPresent(Nullable.class))).toList();
        }
    };

    /** Fields that files of older versions do not have. */
    private final Set<String> younger;

    private RecordFields(Set<String> younger) {
        this.younger = younger;
    }

    /** What is missing, or is something else than it should be; empty if nothing is. @param younger fields that files of older versions do not have */
    public static Optional<String> wrong(JsonElement json, Class<? extends Record> type, String... younger) {
        try {
            new RecordFields(Set.of(younger)).check(json, type, TOP);
            return Optional.empty();
        } catch (Wrong e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static final class Wrong extends RuntimeException {
        private static final long serialVersionUID = 1;

        Wrong(String what) {
            super(what, null, false, false);
        }
    }

    private void check(JsonElement json, Type type, String place) {
        switch (type) {
            case ParameterizedType generic when generic.getRawType() == List.class -> {
                List<JsonElement> items = expect(json, JsonArray.class, place, "a list").asList();
                for (int i = 0; i < items.size(); i++) {
                    check(items.get(i), generic.getActualTypeArguments()[0], place + "[" + i + "]");
                }
            }
            case ParameterizedType generic when generic.getRawType() == Map.class ->
                    expect(json, JsonObject.class, place, "a group of names and values").asMap().forEach((key, value) -> check(value, generic.getActualTypeArguments()[1], place + "." + key));
            case Class<?> record when record.isRecord() -> fields(expect(json, JsonObject.class, place, "a group of fields"), record, place);
            case Class<?> constant when constant.isEnum() -> {
                String name = expect(json, JsonPrimitive.class, place, "a word").getAsString();
                if (Arrays.stream(constant.getEnumConstants()).noneMatch(known -> ((Enum<?>) known).name().equals(name))) {
                    throw new Wrong(place + " is '" + name + "', expected one of " + Arrays.toString(constant.getEnumConstants()));
                }
            }
            case Class<?> any when any == Object.class -> { }
            default -> expect(json, JsonPrimitive.class, place, "a single value");
        }
    }

    private void fields(JsonObject object, Class<?> record, String place) {
        for (Field field : FIELDS.get(record)) {
            JsonElement value = object.get(field.name());
            if (value != null && !value.isJsonNull()) {
                check(value, field.type(), place.equals(TOP) ? field.name() : place + "." + field.name());
            } else if (!younger.contains(field.name()) && !field.maybeMissing()) {
                throw new Wrong("field '" + field.name() + "' of " + place + " is missing");
            }
        }
    }

    private static <J extends JsonElement> J expect(JsonElement json, Class<J> kind, String place, String what) {
        if (!kind.isInstance(json)) {
            throw new Wrong(place + " is not " + what);
        }
        return kind.cast(json);
    }
}
