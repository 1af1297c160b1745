package org.encore.listeners.mlflow;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;

/** Requests put together and answers taken apart; an answer may be anything. */
final class Json {

    private Json() {}

    /** An object of texts. */
    static JsonObject object(String... namesAndValues) {
        var object = new JsonObject();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.addProperty(namesAndValues[i], namesAndValues[i + 1]);
        }
        return object;
    }

    /** As MLflow writes tags and parameters: {@code [{"key": …, "value": …}]}. */
    static JsonArray pairs(Iterable<Map.Entry<String, String>> entries) {
        var pairs = new JsonArray();
        entries.forEach(entry -> pairs.add(object("key", entry.getKey(), "value", entry.getValue())));
        return pairs;
    }

    /** The same, read. */
    static Map<String, String> pairs(JsonObject of, String name) {
        var pairs = new HashMap<String, String>();
        objects(of, name).forEach(pair -> pairs.put(text(pair, "key"), text(pair, "value")));
        return pairs;
    }

    /** The objects of an array; none if there is no such array. */
    static List<JsonObject> objects(JsonObject of, String name) {
        return of.get(name) instanceof JsonArray array
                ? array.asList().stream().filter(JsonObject.class::isInstance).map(JsonObject.class::cast).toList() : List.of();
    }

    /** @throws Refusal if it is not there: whatever answers is no MLflow server */
    static JsonObject part(JsonObject of, String name) throws Refusal {
        if (of.get(name) instanceof JsonObject part) {
            return part;
        }
        throw new Refusal("it answers, but not as an MLflow server does: there is no '" + name + "'", true);
    }

    /** Empty if it is not there. */
    static String text(JsonObject of, String name) {
        JsonElement value = of.get(name);
        return value instanceof JsonPrimitive text ? text.getAsString() : "";
    }

    /** 0 if it is not there: protocol buffers leave zeros out. */
    static long whole(JsonObject of, String name) {
        String text = text(of, name);
        return text.matches("-?\\d{1,18}") ? Long.parseLong(text) : 0;
    }
}
