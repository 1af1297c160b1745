package org.encore.serve.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

/** What a client of OpenAI's API gets for its requests. */
class CompletionsTest {

    private static Running server;
    private static Running language;

    @BeforeAll
    static void start() throws IOException {
        server = Running.of(Backwards.source());
        language = Running.of(new Backwards(true, 0, false, new java.util.concurrent.atomic.AtomicInteger()));
    }

    @AfterAll
    static void stop() {
        server.close();
        language.close();
    }

    private static JsonObject choice(JsonObject answer, int index) {
        return answer.getAsJsonArray("choices").get(index).getAsJsonObject();
    }

    private static List<String> texts(JsonArray array) {
        return StreamSupport.stream(array.spliterator(), false).map(JsonElement::getAsString).toList();
    }

    @Test
    void aSourceGetsItsTarget() {
        JsonObject answer = server.complete("abc", Map.of("temperature", 0));
        assertThat(choice(answer, 0).get("text").getAsString()).isEqualTo("cba");
        assertThat(choice(answer, 0).get("finish_reason").getAsString()).isEqualTo("stop");
        assertThat(choice(answer, 0).get("logprobs").isJsonNull()).isTrue();
        assertThat(answer.get("object").getAsString()).isEqualTo("text_completion");
        assertThat(answer.get("usage")).hasToString("{\"prompt_tokens\":3,\"completion_tokens\":3,\"total_tokens\":6}");
    }

    @Test
    void severalPromptsAreAnsweredInTheirOrderAndEndWhereTheyEnd() {
        JsonObject answer = server.complete(List.of("abcd", "x", "fg"), Map.of("temperature", 0, "n", 2, "max_tokens", 3));
        assertThat(answer.getAsJsonArray("choices").asList().stream().map(c -> c.getAsJsonObject().get("text").getAsString()))
                .containsExactly("dcb", "dcb", "x", "x", "gf", "gf");
        assertThat(choice(answer, 0).get("finish_reason").getAsString()).isEqualTo("length");
        assertThat(choice(answer, 2).get("finish_reason").getAsString()).isEqualTo("stop");
    }

    @Test
    void logProbabilitiesAreThoseOfTheModelWithTheLikeliestBeside() {
        JsonObject told = choice(server.complete("ab", Map.of("temperature", 0, "logprobs", 3)), 0).getAsJsonObject("logprobs");
        assertThat(texts(told.getAsJsonArray("tokens"))).containsExactly("b", "a");
        assertThat(told.getAsJsonArray("token_logprobs").get(0).getAsDouble())
                .isCloseTo(Backwards.logProbability(Letters.id('b'), Letters.id('b')), within(1e-6));
        JsonObject top = told.getAsJsonArray("top_logprobs").get(1).getAsJsonObject();
        assertThat(top.keySet()).containsExactly("a", "z", "y");
        assertThat(top.get("y").getAsDouble()).isCloseTo(Backwards.logProbability(Letters.id('y'), Letters.id('a')), within(1e-6));
        assertThat(told.getAsJsonArray("text_offset")).hasToString("[0,1]");
    }

    /** The whole distribution has tokens without a text: they are named by their ids, and nothing is lost. */
    @Test
    void theWholeDistributionSumsToOne() {
        JsonObject told = choice(server.complete("a", Map.of("max_tokens", 1, "logprobs", 30)), 0).getAsJsonObject("logprobs");
        JsonObject top = told.getAsJsonArray("top_logprobs").get(0).getAsJsonObject();
        assertThat(top.size()).isEqualTo(30);
        assertThat(top.has("token_id:2")).isTrue();
        assertThat(top.entrySet().stream().mapToDouble(entry -> Math.exp(entry.getValue().getAsDouble())).sum()).isCloseTo(1, within(1e-6));
    }

    /** What the model says of a given target: source, start token, target and end token as ids, nothing to add. */
    @Test
    void aGivenTargetIsScoredByEcho() {
        List<Integer> ids = List.of(Letters.id('a'), Letters.id('b'), Letters.START, Letters.id('b'), Letters.id('c'), Letters.END);
        JsonObject answer = server.complete(ids, Map.of("echo", true, "max_tokens", 0, "logprobs", 1, "return_tokens_as_token_ids", true));
        JsonObject told = choice(answer, 0).getAsJsonObject("logprobs");
        assertThat(texts(told.getAsJsonArray("tokens"))).containsExactly("token_id:4", "token_id:5", "token_id:1", "token_id:5", "token_id:6", "token_id:2");
        JsonArray own = told.getAsJsonArray("token_logprobs");
        assertThat(own.asList().subList(0, 3)).allMatch(JsonElement::isJsonNull);
        assertThat(own.get(3).getAsDouble()).isCloseTo(Backwards.logProbability(Letters.id('b'), Letters.id('b')), within(1e-6));
        assertThat(own.get(4).getAsDouble()).isCloseTo(Backwards.logProbability(Letters.id('c'), Letters.id('a')), within(1e-6));
        assertThat(own.get(5).getAsDouble()).isCloseTo(Backwards.logProbability(Letters.END, Letters.END), within(1e-6));
        assertThat(told.getAsJsonArray("top_logprobs").get(4).getAsJsonObject().keySet()).containsExactly("token_id:4");
        assertThat(choice(answer, 0).get("text").getAsString()).isEqualTo("abbc");
    }

    @Test
    void aGivenBeginningOfTheTargetIsGoneOnWith() {
        JsonObject answer = server.complete(List.of(4, 5, 6, Letters.START, 6), Map.of("temperature", 0));
        assertThat(choice(answer, 0).get("text").getAsString()).isEqualTo("ba");
    }

    @Test
    void aLanguageModelGoesOnWithATextAndScoresIt() {
        JsonObject answer = language.complete(List.of("xy", "", "mnop"), Map.of("temperature", 0, "max_tokens", 3));
        assertThat(answer.getAsJsonArray("choices").asList().stream().map(c -> c.getAsJsonObject().get("text").getAsString())).containsExactly("z", "abc", "qrs");
        JsonObject scored = choice(language.complete("ad", Map.of("echo", true, "max_tokens", 0, "logprobs", 1)), 0);
        assertThat(scored.get("text").getAsString()).isEqualTo("ad");
        assertThat(scored.getAsJsonObject("logprobs").getAsJsonArray("token_logprobs").get(1).getAsDouble())
                .isCloseTo(Backwards.logProbability(Letters.id('d'), Letters.id('b')), within(1e-6));
    }

    @Test
    void aStreamHasTheSameTextAndLogProbabilitiesTokenByToken() {
        Map<String, Object> more = Map.of("temperature", 0, "logprobs", 2, "n", 2);
        JsonObject whole = choice(server.complete("abc", more), 1);
        var streamed = new java.util.HashMap<String, Object>(more);
        streamed.put("stream", true);
        streamed.put("stream_options", Map.of("include_usage", true));
        var response = server.post("/v1/completions", Running.body("abc", streamed));
        assertThat(response.headers().firstValue("Content-Type")).hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
        List<String> events = response.body().lines().filter(line -> line.startsWith("data: ")).map(line -> line.substring(6)).toList();
        assertThat(events.getLast()).isEqualTo("[DONE]");
        List<JsonObject> chunks = events.subList(0, events.size() - 1).stream().map(e -> JsonParser.parseString(e).getAsJsonObject()).toList();
        List<JsonObject> ours = chunks.stream().filter(c -> !c.getAsJsonArray("choices").isEmpty() && choice(c, 0).get("index").getAsInt() == 1).toList();
        assertThat(ours.stream().map(c -> choice(c, 0).get("text").getAsString()).reduce("", String::concat)).isEqualTo(whole.get("text").getAsString());
        var offsets = new JsonArray();
        ours.stream().map(c -> choice(c, 0).get("logprobs")).filter(JsonElement::isJsonObject)
                .forEach(l -> offsets.addAll(l.getAsJsonObject().getAsJsonArray("text_offset")));
        assertThat(offsets).isEqualTo(whole.getAsJsonObject("logprobs").get("text_offset"));
        assertThat(choice(ours.getLast(), 0).get("finish_reason").getAsString()).isEqualTo("stop");
        assertThat(chunks.getLast().getAsJsonObject("usage").get("completion_tokens").getAsInt()).isEqualTo(6);
    }

    @Test
    void aStopTextEndsAnOutputAndIsNoPartOfItEvenIfItComesInPieces() {
        JsonObject answer = server.complete("abcdef", Map.of("temperature", 0, "stop", List.of("cb", "zz")));
        assertThat(choice(answer, 0).get("text").getAsString()).isEqualTo("fed");
        assertThat(choice(answer, 0).get("finish_reason").getAsString()).isEqualTo("stop");
        // what looked like the beginning of a stop text and was none comes after all
        assertThat(choice(server.complete("abcdef", Map.of("temperature", 0, "stop", "aa")), 0).get("text").getAsString()).isEqualTo("fedcba");
        var streamed = server.post("/v1/completions", Running.body("abcdef", Map.of("temperature", 0, "stop", "cb", "stream", true)));
        assertThat(streamed.body()).doesNotContain("\"text\":\"c\"").contains("\"text\":\"d\"");
    }

    @Test
    void aSeedDrawsTheSameAgainAndAnotherSeedSomethingElse() {
        String first = drawn(7);
        assertThat(drawn(7)).isEqualTo(first);
        assertThat(drawn(8)).isNotEqualTo(first);
    }

    private static String drawn(long seed) {
        return server.complete("abcdefghij", Map.of("temperature", 2, "seed", seed, "n", 4)).getAsJsonArray("choices").toString();
    }

    /** Five of six draws of the likeliest token would be chance; with top_p all are. */
    @Test
    void aSmallTopPDrawsTheLikeliestOnly() {
        JsonObject answer = server.complete("abcdef", Map.of("temperature", 2, "top_p", 0.01, "n", 20));
        assertThat(answer.getAsJsonArray("choices").asList()).allMatch(c -> c.getAsJsonObject().get("text").getAsString().equals("fedcba"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"abc\"", "[{\"type\": \"text\", \"text\": \"ab\"}, {\"type\": \"text\", \"text\": \"c\"}]"})
    void aChatAnswersTheLastMessage(String content) {
        var response = server.post("/v1/chat/completions", "{\"model\": \"backwards\", \"temperature\": 0, \"logprobs\": true, \"top_logprobs\": 2, \"messages\": ["
                + "{\"role\": \"system\", \"content\": \"Be brief.\"}, {\"role\": \"user\", \"content\": " + content + "}]}");
        JsonObject choice = choice(JsonParser.parseString(response.body()).getAsJsonObject(), 0);
        assertThat(choice.getAsJsonObject("message")).hasToString("{\"role\":\"assistant\",\"content\":\"cba\",\"refusal\":null}");
        JsonObject first = choice.getAsJsonObject("logprobs").getAsJsonArray("content").get(0).getAsJsonObject();
        assertThat(first.get("token").getAsString()).isEqualTo("c");
        assertThat(first.get("bytes")).hasToString("[99]");
        assertThat(first.getAsJsonArray("top_logprobs").get(1).getAsJsonObject().get("token").getAsString()).isEqualTo("z");
    }

    @Test
    void modelsAreListedWithWhatAProgramMustKnowToSendTokens() {
        var list = server.send(server.request("/v1/models").build());
        JsonObject model = JsonParser.parseString(list.body()).getAsJsonObject().getAsJsonArray("data").get(0).getAsJsonObject();
        assertThat(model.get("id").getAsString()).isEqualTo("backwards");
        assertThat(model.getAsJsonObject("encore").get("end_token").getAsInt()).isEqualTo(Letters.END);
        assertThat(server.send(server.request("/v1/models/backwards").build()).body()).isEqualTo(model.toString());
    }
}
