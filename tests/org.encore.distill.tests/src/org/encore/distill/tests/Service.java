package org.encore.distill.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** A service on this machine that answers as it is told, well or badly. */
final class Service implements AutoCloseable {

    /** One answer. @param body may be shorter than announced, or never come */
    record Reply(int status, String body, String header, Way way) {

        enum Way {
            WHOLE, HALF, NEVER
        }

        static Reply of(int status, String body) {
            return new Reply(status, body, "", Way.WHOLE);
        }

        /** A completion. */
        static Reply text(String text) {
            var choice = new JsonObject();
            choice.addProperty("text", text);
            return of(200, "{\"choices\": [" + choice + "], \"usage\": {\"prompt_tokens\": 10, \"completion_tokens\": 3}}");
        }

        Reply with(String header) {
            return new Reply(status, body, header, way);
        }

        Reply coming(Way other) {
            return new Reply(status, body, header, other);
        }
    }

    private final HttpServer http;
    /** Bodies of what was asked, models left out. */
    final List<JsonObject> asked = new CopyOnWriteArrayList<>();
    final List<String> keys = new CopyOnWriteArrayList<>();
    final AtomicInteger most = new AtomicInteger();
    private final AtomicInteger now = new AtomicInteger();

    /** @param answers is given what was asked */
    Service(Function<JsonObject, Reply> answers) throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.createContext("/v1/", exchange -> {
            try (exchange) {
                keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
                String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                if (exchange.getRequestURI().getPath().equals("/v1/models")) {
                    send(exchange, Reply.of(200, "{\"object\": \"list\", \"data\": [{\"id\": \"wise\"}, {\"id\": \"wiser\"}]}"));
                    return;
                }
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                JsonObject question = JsonParser.parseString(body).getAsJsonObject();
                asked.add(question);
                Reply reply = answers.apply(question);
                now.decrementAndGet();
                send(exchange, reply);
            }
        });
        http.start();
    }

    private static void send(HttpExchange exchange, Reply reply) throws IOException {
        byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
        if (!reply.header().isEmpty()) {
            exchange.getResponseHeaders().set(reply.header().split(": ")[0], reply.header().split(": ")[1]);
        }
        switch (reply.way()) {
            case WHOLE -> {
                exchange.sendResponseHeaders(reply.status(), bytes.length);
                exchange.getResponseBody().write(bytes);
            }
            case HALF -> {
                exchange.sendResponseHeaders(reply.status(), bytes.length);
                exchange.getResponseBody().write(bytes, 0, bytes.length / 2);
                exchange.getResponseBody().flush();
            }
            case NEVER -> {
                exchange.sendResponseHeaders(reply.status(), bytes.length);
                exchange.getResponseBody().write(bytes, 0, 1);
                exchange.getResponseBody().flush();
                sleep(5000);
            }
        }
    }

    static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }

    String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort() + "/v1";
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
