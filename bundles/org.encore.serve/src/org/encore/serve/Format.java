package org.encore.serve;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;

/** How outputs are written: OpenAI has two forms. Null stands where its servers have it. */
enum Format {

    /** {@code /v1/completions}. */
    COMPLETION("cmpl-", "text_completion", "text_completion") {
        @Override
        JsonObject whole(String text, Optional<JsonObject> logProbabilities) {
            return part(text, logProbabilities);
        }

        @Override
        JsonObject part(String text, Optional<JsonObject> logProbabilities) {
            var choice = new JsonObject();
            choice.addProperty("text", text);
            return with(choice, logProbabilities);
        }

        @Override
        JsonObject logProbabilities(List<Piece> pieces, int offset) {
            var names = new JsonArray();
            var own = new JsonArray();
            var top = new JsonArray();
            var offsets = new JsonArray();
            int at = offset;
            for (Piece piece : pieces) {
                boolean known = !Double.isNaN(piece.logProbability());
                names.add(piece.name());
                if (known) {
                    own.add(piece.logProbability());
                    var likeliest = new JsonObject();
                    piece.likeliest().forEach(other -> likeliest.addProperty(other.name(), other.logProbability()));
                    top.add(likeliest);
                } else {
                    own.add(JsonNull.INSTANCE);
                    top.add(JsonNull.INSTANCE);
                }
                offsets.add(at);
                at += piece.text().length();
            }
            var all = new JsonObject();
            all.add("tokens", names);
            all.add("token_logprobs", own);
            all.add("top_logprobs", top);
            all.add("text_offset", offsets);
            return all;
        }
    },

    /** {@code /v1/chat/completions}. */
    CHAT("chatcmpl-", "chat.completion", "chat.completion.chunk") {
        @Override
        JsonObject whole(String text, Optional<JsonObject> logProbabilities) {
            var message = new JsonObject();
            message.addProperty("role", "assistant");
            message.addProperty("content", text);
            message.add("refusal", JsonNull.INSTANCE);
            var choice = new JsonObject();
            choice.add("message", message);
            return with(choice, logProbabilities);
        }

        @Override
        JsonObject part(String text, Optional<JsonObject> logProbabilities) {
            var delta = new JsonObject();
            delta.addProperty("content", text);
            var choice = new JsonObject();
            choice.add("delta", delta);
            return with(choice, logProbabilities);
        }

        @Override
        void open(JsonObject part) {
            part.getAsJsonObject("delta").addProperty("role", "assistant");
        }

        @Override
        JsonObject logProbabilities(List<Piece> pieces, int offset) {
            var content = new JsonArray();
            for (Piece piece : pieces) {
                JsonObject token = token(piece.name(), piece.logProbability());
                var top = new JsonArray();
                piece.likeliest().forEach(other -> top.add(token(other.name(), other.logProbability())));
                token.add("top_logprobs", top);
                content.add(token);
            }
            var all = new JsonObject();
            all.add("content", content);
            all.add("refusal", JsonNull.INSTANCE);
            return all;
        }
    };

    private final String idPrefix;
    private final String object;
    private final String chunkObject;

    Format(String idPrefix, String object, String chunkObject) {
        this.idPrefix = idPrefix;
        this.object = object;
        this.chunkObject = chunkObject;
    }

    /** A finished output, its number and reason left out. */
    abstract JsonObject whole(String text, Optional<JsonObject> logProbabilities);

    /** Some tokens of an output that goes on. */
    abstract JsonObject part(String text, Optional<JsonObject> logProbabilities);

    /** Adds to the first part of an output what stands nowhere else. */
    void open(JsonObject part) {
        // a completion begins with its text
    }

    /** @param offset letters of the output before the first token */
    abstract JsonObject logProbabilities(List<Piece> pieces, int offset);

    /** What stands at the head of an answer and of each of its parts. */
    JsonObject head(String number, long created, Card card, boolean chunk) {
        var head = new JsonObject();
        head.addProperty("id", idPrefix + number);
        head.addProperty("object", chunk ? chunkObject : object);
        head.addProperty("created", created);
        head.addProperty("model", card.id());
        head.addProperty("system_fingerprint", "fp_" + card.fingerprint().substring(0, Math.min(12, card.fingerprint().length())));
        return head;
    }

    private static JsonObject with(JsonObject choice, Optional<JsonObject> logProbabilities) {
        if (logProbabilities.isPresent()) {
            choice.add("logprobs", logProbabilities.get());
        } else {
            choice.add("logprobs", JsonNull.INSTANCE);
        }
        return choice;
    }

    private static JsonObject token(String name, double logProbability) {
        var token = new JsonObject();
        token.addProperty("token", name);
        token.addProperty("logprob", logProbability);
        var bytes = new JsonArray();
        for (byte one : name.getBytes(StandardCharsets.UTF_8)) {
            bytes.add(Byte.toUnsignedInt(one));
        }
        token.add("bytes", bytes);
        return token;
    }
}
