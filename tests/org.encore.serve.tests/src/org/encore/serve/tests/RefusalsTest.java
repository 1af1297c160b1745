package org.encore.serve.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

/** Requests that are wrong, clients that leave, and a model that is damaged. */
class RefusalsTest {

    private static JsonObject error(HttpResponse<String> response, int status) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return JsonParser.parseString(response.body()).getAsJsonObject().getAsJsonObject("error");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
            "{ | 400 | the body is no JSON",
            "[] | 400 | the body is no JSON object",
            "{\"model\": \"backwards\"} | 400 | 'prompt' is missing",
            "{\"model\": \"backward\", \"prompt\": \"a\"} | 404 | there is no model 'backward'. Did you mean 'backwards'?",
            "{\"prompt\": \"a\", \"temperature\": -1} | 400 | 'temperature' is -1; give 0 to 2",
            "{\"prompt\": \"a\", \"temperature\": \"hot\"} | 400 | 'temperature' must be a number",
            "{\"prompt\": \"a\", \"max_tokens\": 1.5} | 400 | 'max_tokens' must be a whole number, not 1.5",
            "{\"prompt\": \"a\", \"max_tokens\": 100000} | 400 | a prompt of 1 tokens and 100000 more; a row here has at most 32768",
            "{\"prompt\": \"A\"} | 400 | 'prompt': symbol 'A' is not in the vocabulary",
            "{\"prompt\": \"\"} | 400 | 'prompt' has no source",
            "{\"prompt\": [4, 99]} | 400 | 'prompt' has token id 99; backwards has 0 to 29",
            "{\"prompt\": [[4], {}]} | 400 | 'prompt' must be a text, an array of token ids, or an array of either",
            "{\"prompt\": \"a\", \"n\": 1000} | 400 | 'n' is 1000; give 1 to 128",
            "{\"prompt\": \"a\", \"stop\": [\"\"]} | 400 | 'stop' must be at most 4 texts, none of them empty",
            "{\"prompt\": \"a\", \"logit_bias\": {\"4\": 10}} | 400 | 'logit_bias' is not done here; leave it out"})
    void aWrongRequestIsToldWhatIsWrong(String body, int status, String message) throws IOException {
        try (Running server = Running.of(Backwards.source())) {
            JsonObject error = error(server.post("/v1/completions", body), status);
            assertThat(error.get("message").getAsString()).startsWith(message);
            assertThat(error.get("type").getAsString()).isEqualTo("invalid_request_error");
        }
    }

    @Test
    void otherPathsMethodsAndTypesAreRefusedByName() throws IOException {
        try (Running server = Running.of(Backwards.source())) {
            assertThat(error(server.post("/v1/completion", "{}"), 404).get("message").getAsString())
                    .startsWith("there is no /v1/completion. Did you mean '/v1/completions'?");
            assertThat(error(server.send(server.request("/v1/completions").build()), 405).get("message").getAsString()).isEqualTo("GET is not for /v1/completions; use POST");
            HttpRequest form = server.request("/v1/completions").header("Content-Type", "text/plain").POST(HttpRequest.BodyPublishers.ofString("{}")).build();
            assertThat(error(server.send(form), 415).get("message").getAsString()).isEqualTo("Content-Type is 'text/plain'; send application/json");
        }
    }

    @Test
    void withoutTheKeyNothingIsAnsweredAndTheKeyIsNeverLogged() throws IOException {
        try (Running server = Running.with(Backwards.source(), "sesame-seed")) {
            assertThat(error(server.post("/v1/completions", "{\"prompt\": \"a\"}"), 401).get("code").getAsString()).isEqualTo("invalid_api_key");
            assertThat(error(server.post("/v1/completions", "{\"prompt\": \"a\"}", "Authorization", "Bearer sesame"), 401).get("message").getAsString())
                    .isEqualTo("the key is not the right one");
            assertThat(server.post("/v1/completions", "{\"prompt\": \"a\"}", "Authorization", "Bearer sesame-seed").statusCode()).isEqualTo(200);
            assertThat(server.log).noneMatch(line -> line.contains("sesame"));
        }
    }

    /** A name that a foreign page has made to mean this machine. */
    @Test
    void aPageOfAnotherSiteDoesNotGetIn() throws IOException {
        try (Running server = Running.of(Backwards.source()); var socket = new Socket("127.0.0.1", server.port())) {
            socket.getOutputStream().write("GET /v1/models HTTP/1.1\r\nHost: evil.example:80\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).startsWith("HTTP/1.1 403").contains("evil.example");
        }
    }

    @Test
    void aDamagedModelIsToldAsAnErrorOfTheServer() throws IOException {
        try (Running server = Running.of(new Backwards(false, 0, true, new AtomicInteger()))) {
            JsonObject error = error(server.post("/v1/completions", "{\"prompt\": \"a\"}"), 500);
            assertThat(error.get("message").getAsString()).isEqualTo("the model's score of token 0 is NaN: its weights are damaged, or its precision too low");
            assertThat(error.get("type").getAsString()).isEqualTo("server_error");
        }
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void aClientThatLeavesEndsItsGenerationAndTheNextOneIsServed(boolean stream) throws Exception {
        var model = new Backwards(false, 10, false, new AtomicInteger());
        try (Running server = Running.of(model)) {
            // 10,000 steps of 10 ms
            String body = Running.body("a".repeat(10_000), Map.of("temperature", 0, "max_tokens", 20_000, "stream", stream));
            try (var socket = new Socket("127.0.0.1", server.port())) {
                endless(socket, server, body);
                await(() -> model.open().get() == 1);
            }
            await(() -> model.open().get() == 0);
            await(() -> server.log.stream().anyMatch(line -> line.endsWith("ended, as the client has gone")));
            assertThat(server.post("/v1/completions", "{\"prompt\": \"x\", \"temperature\": 0}").statusCode()).isEqualTo(200);
        }
    }

    /** It stays, but reads nothing: what it is sent fills the buffers between, and then nobody else may have to wait for it. */
    @Test
    @Timeout(60)
    void aClientThatDoesNotReadKeepsNobodyWaitingForLong() throws Exception {
        var model = Backwards.source();
        try (Running server = Running.of(model); var socket = new Socket()) {
            socket.setReceiveBufferSize(4096);
            socket.connect(new InetSocketAddress("127.0.0.1", server.port()));
            endless(socket, server, Running.body("abcdefgh".repeat(500), Map.of("temperature", 0, "max_tokens", 4000, "stream", true, "logprobs", 30, "n", 8)));
            await(() -> model.open().get() == 1);
            assertThat(server.post("/v1/completions", "{\"prompt\": \"abc\", \"temperature\": 0}").body()).contains("\"cba\"");
            await(() -> server.log.stream().anyMatch(line -> line.endsWith("ended, as the client has gone")));
        }
    }

    @Test
    void whenTheServerHasStoppedNoModelIsInUse() throws Exception {
        var model = new Backwards(false, 1500, false, new AtomicInteger());
        var socket = new Socket();
        try (Running server = Running.of(model)) {
            socket.connect(new InetSocketAddress("127.0.0.1", server.port()));
            endless(socket, server, Running.body("abc", Map.of("temperature", 0)));
            await(() -> model.open().get() == 1);
            server.close(); // and once more at the end, which must not wait for ever
            assertThat(model.open()).hasValue(0);
        } finally {
            socket.close();
        }
        assertThat(model.open()).hasValue(0);
    }

    @Test
    void aRequestWritesNoLinesOfItsOwnIntoTheLog() throws IOException {
        try (Running server = Running.of(Backwards.source())) {
            error(server.post("/v1/completions", "{\"model\": \"a\\nPOST /v1/completions: all is well\\u001b[2J\\u009b2J\", \"prompt\": \"a\"}"), 404);
            assertThat(server.log).hasSize(1).allMatch(line -> line.chars().noneMatch(Character::isISOControl));
        }
    }

    @Test
    void whatWasComputedIsLoggedAsOneSaysIt() throws Exception {
        try (Running server = Running.of(Backwards.source())) {
            server.post("/v1/completions", "{\"prompt\": \"a\", \"max_tokens\": 1, \"temperature\": 0}");
            await(() -> server.log.size() == 1);   // said after the answer
            assertThat(server.log.getFirst()).contains(", 1 prompt of 1 token, 1 token in ");
            server.post("/v1/completions", "{\"prompt\": [\"ab\", \"cd\"], \"max_tokens\": 2, \"temperature\": 0}");
            await(() -> server.log.size() == 2);
            assertThat(server.log.getLast()).contains(", 2 prompts of 4 tokens, 4 tokens in ");
        }
    }

    private static void endless(Socket socket, Running server, String body) throws IOException {
        socket.getOutputStream().write(("POST /v1/completions HTTP/1.1\r\nHost: localhost:" + server.port() + "\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body).getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void whoComesWhenTooManyWaitIsAskedToComeAgain() throws Exception {
        var inUse = new AtomicInteger();
        try (Running server = Running.crowded(new Backwards(false, 400, false, inUse))) {
            var first = server.client().sendAsync(server.request("/v1/completions").header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"prompt\": \"abc\", \"temperature\": 0}")).timeout(Duration.ofSeconds(30)).build(),
                    HttpResponse.BodyHandlers.ofString());
            await(() -> inUse.get() > 0);   // else the second might be the first
            await(() -> {
                HttpResponse<String> second = server.post("/v1/completions", "{\"prompt\": \"a\", \"max_tokens\": 0}");
                return second.statusCode() == 503 && second.headers().firstValue("Retry-After").isPresent();
            });
            assertThat(first.get(30, TimeUnit.SECONDS).body()).contains("\"cba\"");
        }
    }

    /** What a client is still sending lies in memory too. */
    @Test
    void whoHasNotSentItsRequestYetCountsAsWell() throws Exception {
        try (Running server = Running.crowded(Backwards.source())) {
            try (var socket = new Socket("127.0.0.1", server.port())) {
                socket.getOutputStream().write(("POST /v1/completions HTTP/1.1\r\nHost: localhost:" + server.port() + "\r\nContent-Type: application/json\r\n"
                        + "Content-Length: 100\r\n\r\n{").getBytes(StandardCharsets.US_ASCII));
                await(() -> server.post("/v1/completions", "{\"prompt\": \"a\", \"temperature\": 0}").statusCode() == 503);
            }
            await(() -> server.post("/v1/completions", "{\"prompt\": \"a\", \"temperature\": 0}").statusCode() == 200);
        }
    }

    private static void await(BooleanSupplier so) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!so.getAsBoolean()) {
            assertThat(System.nanoTime()).as("it did not happen in 20 s").isLessThan(end);
            Thread.sleep(20);
        }
    }
}
