package org.encore.serve.tests;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import org.encore.serve.Bound;
import org.encore.serve.Card;
import org.encore.serve.Reading;
import org.encore.serve.Served;
import org.encore.serve.Server;
import org.encore.serve.Shelf;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

/** A server on this machine, and a client that talks to it over a socket. */
final class Running implements AutoCloseable {

    private final HttpClient client = HttpClient.newHttpClient();
    private final Server server;
    final List<String> log = new CopyOnWriteArrayList<>();

    private Running(Backwards model, Optional<String> key, int waiting) throws IOException {
        var card = new Card("backwards", 1_700_000_000, "encoder-decoder", 1234, new Letters().size(), digest(), "f1f1f1f1f1f1f1f1",
                model.language() ? Reading.TEXT : Reading.SOURCE, Letters.START, Letters.END, 20);
        var shelf = new Shelf() {
            @Override
            public List<Card> cards() {
                return List.of(card);
            }

            @Override
            public Served take(String id) {
                return new Served(card, model, new Letters());
            }
        };
        server = Server.start(shelf, new Bound(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), key, waiting), log::add);
    }

    private static String digest() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(new Letters().toJson().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static Running of(Backwards model) throws IOException {
        return new Running(model, Optional.empty(), 8);
    }

    static Running with(Backwards model, String key) throws IOException {
        return new Running(model, Optional.of(key), 8);
    }

    static Running crowded(Backwards model) throws IOException {
        return new Running(model, Optional.empty(), 1);
    }

    int port() {
        return server.address().getPort();
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path));
    }

    HttpResponse<String> post(String path, String body, String... headers) {
        HttpRequest.Builder builder = request(path).header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body));
        return send(headers.length == 0 ? builder.build() : builder.headers(headers).build());
    }

    HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A completion, with fields beside model and prompt. */
    JsonObject complete(Object prompt, Map<String, ?> more) {
        HttpResponse<String> response = post("/v1/completions", body(prompt, more));
        if (response.statusCode() != 200) {
            throw new AssertionError(response.statusCode() + " " + response.body());
        }
        return JsonParser.parseString(response.body()).getAsJsonObject();
    }

    static String body(Object prompt, Map<String, ?> more) {
        JsonObject body = new Gson().toJsonTree(more).getAsJsonObject();
        body.addProperty("model", "backwards");
        body.add("prompt", new Gson().toJsonTree(prompt));
        return body.toString();
    }

    HttpClient client() {
        return client;
    }

    @Override
    public void close() {
        server.close();
        client.close();
    }
}
