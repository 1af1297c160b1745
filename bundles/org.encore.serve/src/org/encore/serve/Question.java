package org.encore.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import org.encore.api.Counted;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

/**
 * A request, understood.
 *
 * @param model that is asked; empty if it names none
 * @param prompts one or more
 * @param settings how
 * @param stream whether tokens are sent as they come
 * @param usage whether a stream ends with a count of tokens
 */
record Question(Optional<String> model, List<Prompt> prompts, Settings settings, boolean stream, boolean usage) {

    private static final int MOST_PROMPTS = 128;
    private static final int MOST_CHOICES = 128;
    private static final int MOST_STOPS = 4;
    private static final int MOST_TOKENS = 1 << 20;
    /** Nothing here does these. To ignore them would be another answer than the one asked for. */
    private static final List<String> NOT_HERE = List.of("suffix", "logit_bias", "frequency_penalty", "presence_penalty",
            "tools", "functions", "audio");

    /** Of {@code /v1/completions}. */
    static Question completion(Fields fields) {
        refuse(fields);
        OptionalInt likeliest = fields.get("logprobs").isPresent()
                ? OptionalInt.of(fields.whole("logprobs", 0, MOST_TOKENS, 0)) : OptionalInt.empty();
        int best = fields.whole("best_of", 1, MOST_CHOICES, 1);
        if (best > fields.whole("n", 1, MOST_CHOICES, 1)) {
            throw Problem.wrong("best_of", "'best_of' is not done here; leave it out");
        }
        return of(fields, prompts(fields), fields.whole("max_tokens"), likeliest, fields.flag("echo"));
    }

    /** Of {@code /v1/chat/completions}: the last message is what a model reads. */
    static Question chat(Fields fields) {
        refuse(fields);
        var format = fields.get("response_format").filter(JsonElement::isJsonObject)
                .map(value -> new Fields(value.getAsJsonObject()).text("type").orElse("text"));
        if (!format.orElse("text").equals("text")) {
            throw Problem.wrong("response_format", "'response_format' " + format.get() + " is not done here; leave it out");
        }
        int top = fields.whole("top_logprobs", 0, MOST_TOKENS, 0);
        if (top > 0 && !fields.flag("logprobs")) {
            throw Problem.wrong("top_logprobs", "'top_logprobs' needs 'logprobs': true");
        }
        OptionalInt likeliest = fields.flag("logprobs") ? OptionalInt.of(top) : OptionalInt.empty();
        var most = fields.whole("max_completion_tokens");
        return of(fields, List.of(new Prompt.Text(lastMessage(fields))), most.isPresent() ? most : fields.whole("max_tokens"), likeliest, false);
    }

    private static Question of(Fields fields, List<Prompt> prompts, java.util.OptionalLong most, OptionalInt likeliest, boolean echo) {
        if (most.isPresent() && (most.getAsLong() < 0 || most.getAsLong() > MOST_TOKENS)) {
            throw Problem.wrong("max_tokens", "'max_tokens' is " + most.getAsLong() + "; give 0 to " + MOST_TOKENS);
        }
        List<String> stop = fields.texts("stop");
        if (stop.size() > MOST_STOPS || stop.contains("")) {
            throw Problem.wrong("stop", "'stop' must be at most " + MOST_STOPS + " texts, none of them empty");
        }
        int choices = fields.whole("n", 1, MOST_CHOICES, 1);
        if (prompts.size() * choices > MOST_PROMPTS) {
            throw Problem.wrong("prompt", Counted.of(prompts.size(), "prompt") + " with " + Counted.of(choices, "output")
                    + " each; ask for at most " + MOST_PROMPTS + " in one request");
        }
        var settings = new Settings(most.isEmpty() ? OptionalInt.empty() : OptionalInt.of((int) most.getAsLong()), fields.number("temperature", 0, 2, 1),
                fields.number("top_p", 0, 1, 1), choices, fields.whole("seed"), stop, likeliest, echo, fields.flag("return_tokens_as_token_ids"));
        boolean usage = fields.get("stream_options").filter(JsonElement::isJsonObject)
                .map(value -> new Fields(value.getAsJsonObject()).flag("include_usage"))
                .orElse(false);
        return new Question(fields.text("model"), prompts, settings, fields.flag("stream"), usage);
    }

    private static void refuse(Fields fields) {
        for (String name : NOT_HERE) {
            boolean asked = fields.get(name).filter(value -> !value.toString().matches("0(\\.0*)?|\\[\\]|\\{\\}|\"\"")).isPresent();
            if (asked) {
                throw Problem.wrong(name, "'" + name + "' is not done here; leave it out");
            }
        }
    }

    private static List<Prompt> prompts(Fields fields) {
        JsonElement given = fields.get("prompt").orElseThrow(() -> Problem.wrong("prompt", "'prompt' is missing"));
        List<JsonElement> elements = Fields.elements(given);
        if (elements.isEmpty()) {
            throw Problem.wrong("prompt", "'prompt' is an empty array");
        }
        if (elements.stream().allMatch(Question::isNumber)) {
            return List.of(ids(elements));
        }
        var prompts = new ArrayList<Prompt>();
        for (JsonElement element : elements) {
            if (element.isJsonPrimitive() && element.getAsJsonPrimitive().isString()) {
                prompts.add(new Prompt.Text(element.getAsString()));
            } else if (element.isJsonArray() && Fields.elements(element).stream().allMatch(Question::isNumber)) {
                prompts.add(ids(Fields.elements(element)));
            } else {
                throw Problem.wrong("prompt", "'prompt' must be a text, an array of token ids, or an array of either");
            }
        }
        return prompts;
    }

    private static boolean isNumber(JsonElement element) {
        return element.isJsonPrimitive() && element.getAsJsonPrimitive().isNumber();
    }

    private static Prompt ids(List<JsonElement> elements) {
        try {
            return new Prompt.Ids(elements.stream().mapToInt(element -> element.getAsBigDecimal().intValueExact()).toArray());
        } catch (ArithmeticException | NumberFormatException e) {
            throw Problem.wrong("prompt", "'prompt' has a number that is no token id");
        }
    }

    private static String lastMessage(Fields fields) {
        JsonElement given = fields.get("messages").filter(JsonElement::isJsonArray)
                .orElseThrow(() -> Problem.wrong("messages", "'messages' must be an array of messages"));
        List<JsonElement> messages = Fields.elements(given);
        if (messages.isEmpty() || !messages.getLast().isJsonObject()) {
            throw Problem.wrong("messages", "'messages' must end with a message of the user");
        }
        JsonObject last = messages.getLast().getAsJsonObject();
        if (!new Fields(last).text("role").orElse("").equals("user")) {
            throw Problem.wrong("messages", "'messages' must end with a message of the user: a model here reads the last message alone");
        }
        JsonElement content = new Fields(last).get("content").orElseThrow(() -> Problem.wrong("messages", "the last message has no 'content'"));
        var text = new StringBuilder();
        for (JsonElement part : Fields.elements(content)) {
            if (part.isJsonPrimitive()) {
                text.append(part.getAsString());
            } else if (part.isJsonObject() && new Fields(part.getAsJsonObject()).text("type").orElse("").equals("text")) {
                text.append(new Fields(part.getAsJsonObject()).text("text").orElse(""));
            } else {
                throw Problem.wrong("messages", "a message here is text and nothing else");
            }
        }
        return text.toString();
    }
}
