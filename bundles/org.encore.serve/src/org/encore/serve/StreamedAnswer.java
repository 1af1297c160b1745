package org.encore.serve;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;

/** An answer that is sent token by token, as server-sent events. */
final class StreamedAnswer implements Answer {

    private final Connection connection;
    private final Format format;
    private final JsonObject head;
    private final boolean tells;
    private final boolean usage;
    private final Map<Integer, Integer> offsets = new HashMap<>();
    private final Set<Integer> opened = new HashSet<>();

    StreamedAnswer(Connection connection, Format format, JsonObject head, boolean tells, boolean usage) {
        this.connection = connection;
        this.format = format;
        this.head = head;
        this.tells = tells;
        this.usage = usage;
    }

    @Override
    public void piece(int choice, Piece piece) {
        int offset = offsets.merge(choice, piece.text().length(), Integer::sum) - piece.text().length();
        send(choice, piece.released(), tells ? Optional.of(format.logProbabilities(List.of(piece), offset)) : Optional.empty(), "");
    }

    @Override
    public void end(int choice, String rest, String reason) {
        send(choice, rest, Optional.empty(), reason);
    }

    private void send(int index, String text, Optional<JsonObject> logProbabilities, String reason) {
        JsonObject choice = format.part(text, logProbabilities);
        if (opened.add(index)) {
            format.open(choice);
        }
        choice.addProperty("index", index);
        choice.add("finish_reason", reason.isEmpty() ? JsonNull.INSTANCE : new com.google.gson.JsonPrimitive(reason));
        var choices = new JsonArray();
        choices.add(choice);
        JsonObject chunk = head.deepCopy();
        chunk.add("choices", choices);
        if (usage) {
            chunk.add("usage", JsonNull.INSTANCE);
        }
        connection.event(chunk.toString());
    }

    @Override
    public void finish(Usage counted) throws IOException {
        if (usage) {
            JsonObject chunk = head.deepCopy();
            chunk.add("choices", new JsonArray());
            chunk.add("usage", counted.json());
            connection.event(chunk.toString());
        }
        connection.event("[DONE]");
        connection.end();
    }
}
