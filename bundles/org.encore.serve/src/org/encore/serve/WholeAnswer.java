package org.encore.serve;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

/** An answer that is sent when all of it is there. */
final class WholeAnswer implements Answer {

    private static final class Output {
        private final List<Piece> pieces = new ArrayList<>();
        private final StringBuilder text = new StringBuilder();
        private String reason = "";
    }

    private final Connection connection;
    private final Format format;
    private final JsonObject head;
    private final boolean tells;
    private final List<Output> outputs = new ArrayList<>();

    WholeAnswer(Connection connection, Format format, JsonObject head, boolean tells) {
        this.connection = connection;
        this.format = format;
        this.head = head;
        this.tells = tells;
    }

    private Output output(int choice) {
        while (outputs.size() <= choice) {
            outputs.add(new Output());
        }
        return outputs.get(choice);
    }

    @Override
    public void piece(int choice, Piece piece) {
        Output output = output(choice);
        output.pieces.add(piece);
        output.text.append(piece.released());
    }

    @Override
    public void end(int choice, String rest, String reason) {
        output(choice).text.append(rest);
        output(choice).reason = reason;
    }

    @Override
    public void finish(Usage usage) throws IOException {
        var choices = new JsonArray();
        for (int i = 0; i < outputs.size(); i++) {
            Output output = outputs.get(i);
            JsonObject choice = format.whole(output.text.toString(), tells ? Optional.of(format.logProbabilities(output.pieces, 0)) : Optional.empty());
            choice.addProperty("index", i);
            choice.addProperty("finish_reason", output.reason);
            choices.add(choice);
        }
        head.add("choices", choices);
        head.add("usage", usage.json());
        connection.json(200, head);
    }
}
