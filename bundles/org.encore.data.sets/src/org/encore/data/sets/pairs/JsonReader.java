package org.encore.data.sets.pairs;

import java.util.ArrayList;
import java.util.List;

import org.encore.api.option.Nearest;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;

/** A JSON object in each line. The target may be a list: several right outputs. */
record JsonReader(String source, String target) implements RowReader {

    @Override
    public int header() {
        return 0;
    }

    @Override
    public Row row(String line) {
        JsonElement parsed;
        try {
            parsed = JsonParser.parseString(line);
        } catch (JsonParseException e) {
            throw new IllegalArgumentException("expected a JSON object, found " + Malformed.quoted(line), e);
        }
        if (!(parsed instanceof JsonObject object)) {
            throw new IllegalArgumentException("expected a JSON object, found " + Malformed.quoted(line));
        }
        var targets = new ArrayList<String>();
        if (value(object, target) instanceof JsonArray several) {
            several.forEach(one -> targets.add(text(one, target)));
        } else {
            targets.add(text(value(object, target), target));
        }
        return new Row(text(value(object, source), source), List.copyOf(targets));
    }

    private static JsonElement value(JsonObject object, String key) {
        JsonElement value = object.get(key);
        if (value == null) {
            throw new IllegalArgumentException("expected a key '" + key + "'. " + Nearest.suggestion(key, object.keySet()));
        }
        return value;
    }

    private static String text(JsonElement value, String key) {
        if (value.isJsonPrimitive()) {
            return value.getAsString();
        }
        throw new IllegalArgumentException("expected a text as '" + key + "', found " + Malformed.quoted(value.toString()));
    }
}
