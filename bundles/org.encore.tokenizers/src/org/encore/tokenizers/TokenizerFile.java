package org.encore.tokenizers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;

/**
 * What Encore has to know of a {@code tokenizer.json}; the rest is the library's.
 *
 * @param type of the model, such as {@code BPE}
 * @param ids of all tokens
 * @param added tokens that are no pieces of words, in the order of the file
 */
record TokenizerFile(String type, Map<String, Integer> ids, List<String> added) {

    /** @throws IllegalArgumentException if the text is no tokenizer.json */
    static TokenizerFile parse(String json) {
        try {
            JsonObject root = JsonParser.parseString(json).getAsJsonObject();
            JsonObject model = root.getAsJsonObject("model");
            JsonElement vocabulary = model.get("vocab");
            var ids = new HashMap<String, Integer>();
            if (vocabulary instanceof JsonArray pieces) {
                pieces.forEach(piece -> ids.put(piece.getAsJsonArray().get(0).getAsString(), ids.size()));
            } else {
                vocabulary.getAsJsonObject().entrySet().forEach(entry -> ids.put(entry.getKey(), entry.getValue().getAsInt()));
            }
            var added = new ArrayList<String>();
            if (root.get("added_tokens") instanceof JsonArray tokens) {
                for (JsonElement token : tokens) {
                    added.add(token.getAsJsonObject().get("content").getAsString());
                    ids.put(added.getLast(), token.getAsJsonObject().get("id").getAsInt());
                }
            }
            JsonElement type = model.get("type");
            return new TokenizerFile(type == null ? "a model without a type" : type.getAsString(), ids, added);
        } catch (JsonParseException | IllegalStateException | NullPointerException | ClassCastException | NumberFormatException
                | UnsupportedOperationException | IndexOutOfBoundsException e) {
            String why = e instanceof JsonParseException ? String.valueOf(e.getMessage()) : "it has no model with a vocabulary";
            throw new IllegalArgumentException("this is no tokenizer.json: " + why, e);
        }
    }

    /** One more than the highest id. */
    int size() {
        return ids.values().stream().mapToInt(Integer::intValue).max().orElse(-1) + 1;
    }

    /** The tokens of the first ids. */
    List<String> tokens(int count) {
        var byId = new HashMap<Integer, String>();
        ids.forEach((token, id) -> byId.put(id, token));
        return java.util.stream.IntStream.range(0, count).mapToObj(id -> byId.getOrDefault(id, "nothing")).toList();
    }
}
