package org.encore.listeners.tests;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** A tracking server on the loopback interface, which can be made to fail. */
final class TrackingServer extends TrackingApi implements AutoCloseable {

    /** How a request goes wrong. */
    enum Fault {
        /** 429 with the wish to be left alone for a moment. */
        TOO_MANY,
        /** 500 of MLflow. */
        INTERNAL,
        /** 502 of a proxy, with a page. */
        BAD_GATEWAY,
        /** Done, but the answer ends in the middle. */
        HALF_ANSWER,
        /** Done, but the answer comes too late. */
        SLOW
    }

    final List<String> requests = new ArrayList<>();
    final Deque<Fault> faults = new ArrayDeque<>();
    private final HttpServer server;
    volatile Runnable before = () -> { };

    TrackingServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
    }

    String uri() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    synchronized boolean hasFaults() {
        return !faults.isEmpty();
    }

    private void handle(HttpExchange exchange) throws IOException {
        before.run();
        byte[] body = exchange.getRequestBody().readAllBytes();
        Fault fault;
        int status = 200;
        String answer;
        synchronized (this) {
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath());
            fault = faults.poll();
            try {
                answer = fault == Fault.TOO_MANY || fault == Fault.INTERNAL || fault == Fault.BAD_GATEWAY ? "" : answer(exchange.getRequestMethod(),
                        exchange.getRequestURI(), exchange.getRequestHeaders().getFirst("Authorization"),
                        exchange.getRequestHeaders().getFirst("Content-Type"), body).toString();
            } catch (TrackingRules.Wrong e) {
                status = e.status;
                answer = error(e.code, e.getMessage());
            }
        }
        if (fault != null) {
            switch (fault) {
                case TOO_MANY -> {
                    exchange.getResponseHeaders().add("Retry-After", "0");
                    status = 429;
                    answer = error("REQUEST_LIMIT_EXCEEDED", "slow down");
                }
                case INTERNAL -> {
                    status = 500;
                    answer = error("INTERNAL_ERROR", "database is locked; you said " + exchange.getRequestHeaders().getFirst("Authorization"));
                }
                case BAD_GATEWAY -> {
                    status = 502;
                    answer = "<html>bad gateway</html>";
                }
                case HALF_ANSWER -> {
                    exchange.sendResponseHeaders(200, 10_000);
                    exchange.getResponseBody().write("{\"run\": {\"inf".getBytes(StandardCharsets.UTF_8));
                    exchange.getResponseBody().flush();
                    exchange.close();
                    return;
                }
                case SLOW -> pause();
            }
        }
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(1500);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String error(String code, String message) {
        var error = new JsonObject();
        error.addProperty("error_code", code);
        error.addProperty("message", message);
        return error.toString();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
