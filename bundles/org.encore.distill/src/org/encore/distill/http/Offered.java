package org.encore.distill.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.encore.api.option.Nearest;
import org.encore.api.task.Tokenizer;
import org.encore.distill.Sha256;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;

/**
 * What a service says of the model, as far as it says anything.
 *
 * @param more what {@code encore serve} adds: digests of weights and tokenizer
 */
record Offered(Optional<JsonObject> more) {

    /** How a row of source and target is written in ids. */
    record Reader(int vocabulary, int startToken, int endToken) {}

    /**
     * Asks for the list of models: whether it is there, lets us in and has the model is better known before the first question.
     *
     * @throws IllegalArgumentException if it has a list, and the model is not in it
     */
    static Offered ask(Endpoint endpoint, HttpTeacher.Options options) {
        Optional<JsonElement> list = endpoint.look("/models");
        if (list.isEmpty() || !(list.get() instanceof JsonObject object) || !(object.get("data") instanceof JsonArray models)) {
            return new Offered(Optional.empty());
        }
        var names = new ArrayList<String>();
        for (JsonElement element : models) {
            if (element instanceof JsonObject model && model.get("id") instanceof JsonPrimitive id) {
                names.add(id.getAsString());
                if (names.getLast().equals(options.model())) {
                    return new Offered(model.get("encore") instanceof JsonObject more ? Optional.of(more) : Optional.empty());
                }
            }
        }
        throw new IllegalArgumentException("the teacher at " + options.url() + " has no model '" + options.model() + "'. "
                + Nearest.suggestion(options.model(), List.copyOf(names)));
    }

    private Optional<String> told(String name) {
        return more.map(json -> json.get(name)).filter(JsonElement::isJsonPrimitive).map(JsonElement::getAsString);
    }

    String fingerprint(HttpTeacher.Options options) {
        return Sha256.of(HttpTeacher.identity(options) + told("fingerprint").orElse(""));
    }

    /** @throws IllegalArgumentException if it reads with another tokenizer than the students, or nobody says that it does not */
    Reader reader(HttpTeacher.Options options, Tokenizer students) {
        String ours = Sha256.of(students.toJson());
        Optional<String> theirs = told("tokenizer");
        if (theirs.isPresent() && !theirs.get().equals(ours)) {
            throw new IllegalArgumentException(String.format(java.util.Locale.ROOT, "%s at %s reads with tokenizer %.12s, the students with %.12s (%,d tokens): its distributions are over "
                    + "other tokens. Take its whole outputs (gives: answers).", options.model(), options.url(), theirs.get(), ours, students.size()));
        }
        if (theirs.isEmpty() && !options.sameTokenizer()) {
            throw new IllegalArgumentException(options.model() + " at " + options.url() + " does not say which tokenizer it reads with. If it is the students', say so "
                    + "(sameTokenizer: true); if not, take its whole outputs (gives: answers).");
        }
        return new Reader(students.size(), students.startToken(), students.endToken());
    }
}
