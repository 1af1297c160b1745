package org.encore.distill.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.encore.api.Sha256;
import org.encore.api.option.Nearest;
import org.encore.api.task.Tokenizer;

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

    /** A model that reads a source and writes a target. */
    private static final String SOURCE = "source";

    /**
     * How a row of source and target is written in ids: what stands before the source, the source, what stands behind it, the target, the end token.
     *
     * @param vocabulary V
     */
    record Reader(int vocabulary, int[] before, int[] behind, int endToken) {

        int[] prompt(int[] source) {
            return Stream.of(before, source, behind).flatMapToInt(IntStream::of).toArray();
        }
    }

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

    /** @param own the tokenizer that it reads with, if that is another than the students' */
    String fingerprint(HttpTeacher.Options options, Optional<Tokenizer> own) {
        return Sha256.of(HttpTeacher.identity(options) + told("fingerprint").orElse("") + own.map(tokenizer -> Sha256.of(tokenizer.toJson())).orElse(""));
    }

    /** @throws IllegalArgumentException if it reads with another tokenizer than the students, or nobody says that it does not */
    Reader reader(HttpTeacher.Options options, Tokenizer students) {
        String ours = Sha256.of(students.toJson());
        Optional<String> theirs = told("tokenizer");
        if (theirs.isPresent() && !theirs.get().equals(ours)) {
            throw new IllegalArgumentException(String.format(Locale.ROOT, "%s at %s reads with tokenizer %.12s, the students with %.12s (%,d tokens): its distributions are over "
                    + "other tokens. Take its whole outputs (gives: answers), or compare spans of text (gives: spans, with its tokenizer, and the objective span-uld).", options.model(), options.url(), theirs.get(), ours, students.size()));
        }
        if (theirs.isEmpty() && !options.sameTokenizer()) {
            throw new IllegalArgumentException(options.model() + " at " + options.url() + " does not say which tokenizer it reads with. If it is the students', say so "
                    + "(sameTokenizer: true); if not, take its whole outputs (gives: answers).");
        }
        return reader(options, students, told("reads").orElse(SOURCE));
    }

    /**
     * For spans of text.
     *
     * @param own the tokenizer that the user says it reads with
     * @throws IllegalArgumentException if it reads with another one
     */
    Reader reader(HttpTeacher.Options options, Tokenizer own, Tokenizer students) {
        String ours = Sha256.of(own.toJson());
        Optional<String> theirs = told("tokenizer");
        if (theirs.isPresent() && !theirs.get().equals(ours)) {
            String same = theirs.get().equals(Sha256.of(students.toJson())) ? " That is the students': leave tokenizer out, with gives: distributions."
                    : " Of a run of Encore's it is the tokenizer.json in the run's folder.";
            throw new IllegalArgumentException(String.format(Locale.ROOT, "%s at %s reads with tokenizer %.12s, 'tokenizer' names %.12s (%,d tokens).%s", options.model(), options.url(),
                    theirs.get(), ours, own.size(), same));
        }
        // services that say nothing of it have language models
        return reader(options, own, told("reads").orElse("text"));
    }

    private Reader reader(HttpTeacher.Options options, Tokenizer tokenizer, String reads) {
        int start = id("start_token").orElse(tokenizer.startToken());
        int end = id("end_token").orElse(tokenizer.endToken());
        if (reads.equals(SOURCE)) {
            return new Reader(tokenizer.size(), new int[0], new int[] {start}, end);
        }
        int at = options.prompt().indexOf(HttpTeacher.SOURCE);
        int[] before = encoded(tokenizer, options.prompt().substring(0, at));
        return new Reader(tokenizer.size(), IntStream.concat(IntStream.of(start), IntStream.of(before)).toArray(),
                encoded(tokenizer, options.prompt().substring(at + HttpTeacher.SOURCE.length())), end);
    }

    private static int[] encoded(Tokenizer tokenizer, String text) {
        return text.isEmpty() ? new int[0] : tokenizer.encodeSource(text);
    }

    private OptionalInt id(String name) {
        return more.map(json -> json.get(name)).filter(value -> value instanceof JsonPrimitive number && number.isNumber()).map(value -> OptionalInt.of(value.getAsInt()))
                .orElse(OptionalInt.empty());
    }
}
