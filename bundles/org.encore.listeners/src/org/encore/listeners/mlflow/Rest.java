package org.encore.listeners.mlflow;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;

/** Requests to a tracking server's REST interface, version 2.0. Redirections are not followed, so that a token goes to this server only. */
final class Rest implements AutoCloseable {

    private final URI server;
    private final Credentials credentials;
    private final Duration answer;
    private final HttpClient client;

    Rest(URI server, Credentials credentials, Pace pace) {
        this.server = server;
        this.credentials = credentials;
        this.answer = pace.answer();
        this.client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(answer).build();
    }

    URI server() {
        return server;
    }

    JsonObject get(String call, Map<String, String> query) throws IOException {
        String joined = query.entrySet().stream().map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return json(send(request("/api/2.0/mlflow/" + call + "?" + joined).GET()));
    }

    JsonObject post(String call, JsonObject body) throws IOException {
        return json(send(request("/api/2.0/mlflow/" + call).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString()))));
    }

    /** Sends a file to where the server keeps artifacts. @param path below it, parts divided by slashes */
    void put(String path, Path file) throws IOException {
        String encoded = URLEncoder.encode(path, StandardCharsets.UTF_8).replace("%2F", "/").replace("+", "%20");
        json(send(request("/api/2.0/mlflow-artifacts/artifacts/" + encoded).header("Content-Type", "application/octet-stream")
                .PUT(BodyPublishers.ofFile(file))));
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server + path)).timeout(answer).header("User-Agent", "encore");
        credentials.header().ifPresent(value -> request.header("Authorization", value));
        return request;
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        CompletableFuture<HttpResponse<String>> answered = client.sendAsync(request.build(), BodyHandlers.ofString());
        try {
            // the client's own limit ends with the first byte of the answer; this one with the last
            return answered.get(answer.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + answer.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new IOException(reason(e.getCause()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            answered.cancel(true);
        }
    }

    private static String reason(Throwable cause) {
        return switch (cause) {
            case java.net.http.HttpTimeoutException e -> "no answer in time";
            case java.net.ConnectException e -> "connection refused or host not found";
            default -> cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        };
    }

    private JsonObject json(HttpResponse<String> response) throws IOException {
        int status = response.statusCode();
        if (status == 200) {
            try {
                return response.body().isBlank() ? new JsonObject() : JsonParser.parseString(response.body()).getAsJsonObject();
            } catch (JsonParseException | IllegalStateException e) {
                throw new Refusal("it answers, but not as an MLflow server does", true);
            }
        }
        String said = said(response.body());
        switch (status) {
            case 401, 403 -> throw new Refusal("it answers " + status + said + ". Set " + Credentials.variables() + " where Encore is started", true);
            case 408, 425, 429, 500, 502, 503, 504 -> throw new Attempts.Busy("it answers " + status + said, retryAfter(response));
            default -> throw new Refusal("it answers " + status + said + moved(response), code(response.body()), code(response.body()).isEmpty());
        }
    }

    private String moved(HttpResponse<String> response) {
        return response.headers().firstValue("Location").filter(l -> response.statusCode() / 100 == 3)
                .map(l -> ": moved to " + credentials.hidden(line(l)) + "; give that address").orElse("");
    }

    /** Seconds, or nothing for a date, which is rare. */
    private static Duration retryAfter(HttpResponse<String> response) {
        return response.headers().firstValue("Retry-After").filter(value -> value.matches("\\d{1,6}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value))).orElse(Duration.ZERO);
    }

    /** MLflow's name of an error, empty if it is not MLflow that speaks. */
    private static String code(String body) {
        return field(body, "error_code");
    }

    private String said(String body) {
        String message = code(body).isEmpty() ? "" : " " + code(body) + ": " + field(body, "message");
        return credentials.hidden(line(message));
    }

    private static String field(String body, String name) {
        try {
            JsonElement value = JsonParser.parseString(body).getAsJsonObject().get(name);
            return value instanceof JsonPrimitive text ? text.getAsString() : "";
        } catch (JsonParseException | IllegalStateException e) {
            return "";
        }
    }

    /** At most 300 characters on one line, none of which a terminal obeys. */
    private static String line(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
        return (text.startsWith(" ") ? " " : "") + (line.length() > 300 ? line.substring(0, 299) + "…" : line);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
