package org.encore.serve;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.StreamSupport;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;

/**
 * The fields of a request, each of the type that it must have. One that is null counts as left out, as clients send it.
 *
 * @param json the request
 */
record Fields(JsonObject json) {

    private static final Gson STRICT = new GsonBuilder().setStrictness(Strictness.STRICT).create();

    /** @throws Problem if the text is no JSON object */
    static Fields of(String text) {
        try {
            JsonElement parsed = STRICT.fromJson(text, JsonElement.class);
            if (parsed != null && parsed.isJsonObject()) {
                return new Fields(parsed.getAsJsonObject());
            }
            throw Problem.request(400, "the body is no JSON object", null);
        } catch (JsonParseException e) {
            throw Problem.request(400, "the body is no JSON: " + e.getMessage(), null);
        }
    }

    Optional<JsonElement> get(String name) {
        return Optional.ofNullable(json.get(name)).filter(value -> !value.isJsonNull());
    }

    Optional<String> text(String name) {
        return primitive(name, "a text").filter(value -> ofType(value.isString(), name, "a text")).map(JsonPrimitive::getAsString);
    }

    boolean flag(String name) {
        return primitive(name, "true or false").filter(value -> ofType(value.isBoolean(), name, "true or false")).map(JsonPrimitive::getAsBoolean).orElse(false);
    }

    double number(String name, double least, double most, double otherwise) {
        return primitive(name, "a number").filter(value -> ofType(value.isNumber(), name, "a number")).map(JsonPrimitive::getAsDouble)
                .map(value -> within(value, least, most, name, shown(value))).orElse(otherwise);
    }

    int whole(String name, int least, int most, int otherwise) {
        OptionalLong value = whole(name);
        return value.isEmpty() ? otherwise : (int) within(value.getAsLong(), least, most, name, Long.toString(value.getAsLong()));
    }

    OptionalLong whole(String name) {
        Optional<JsonPrimitive> value = primitive(name, "a whole number").filter(v -> ofType(v.isNumber(), name, "a whole number"));
        try {
            return value.map(v -> OptionalLong.of(v.getAsBigDecimal().longValueExact())).orElse(OptionalLong.empty());
        } catch (ArithmeticException | NumberFormatException e) {
            throw Problem.wrong(name, "'" + name + "' must be a whole number, not " + value.get());
        }
    }

    /** A text, or an array of texts. */
    List<String> texts(String name) {
        Optional<JsonElement> value = get(name);
        if (value.isEmpty()) {
            return List.of();
        }
        return elements(value.get()).stream().map(one -> {
            ofType(one.isJsonPrimitive() && one.getAsJsonPrimitive().isString(), name, "a text or an array of texts");
            return one.getAsString();
        }).toList();
    }

    /** Of an array its elements, else the value alone. */
    static List<JsonElement> elements(JsonElement value) {
        return value instanceof JsonArray array ? StreamSupport.stream(array.spliterator(), false).toList() : List.of(value);
    }

    private Optional<JsonPrimitive> primitive(String name, String expected) {
        return get(name).filter(value -> ofType(value.isJsonPrimitive(), name, expected)).map(JsonElement::getAsJsonPrimitive);
    }

    private static boolean ofType(boolean is, String name, String expected) {
        if (!is) {
            throw Problem.wrong(name, "'" + name + "' must be " + expected);
        }
        return true;
    }

    private static double within(double value, double least, double most, String name, String written) {
        if (!(value >= least && value <= most)) {
            throw Problem.wrong(name, "'" + name + "' is " + written + "; give " + shown(least) + " to " + shown(most));
        }
        return value;
    }

    private static String shown(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
