package org.encore.distill.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

import org.encore.api.Unavailable;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;

import org.jspecify.annotations.Nullable;

/**
 * Requests to one service: sent again, after a wait that doubles, where the reason may pass; never faster than the user and the service allow; never to
 * another address.
 */
final class Endpoint implements AutoCloseable {

    private static final Set<Integer> MAY_PASS = Set.of(408, 409, 425, 429, 500, 502, 503, 504, 529);
    private static final int LARGEST_ANSWER = 256 << 20;
    private static final int SHOWN = 300;
    private static final long POLL_MILLIS = 100;
    private static final long FIRST_WAIT_MILLIS = 500;
    private static final long LONGEST_WAIT_MILLIS = 60_000;
    /** A service that asks for a longer wait is given up. */
    private static final Duration LONGEST_ASKED_FOR = Duration.ofMinutes(10);

    private final HttpTeacher.Options options;
    private final Optional<String> key;
    private final BooleanSupplier cancelled;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client;
    private final Pace pace;

    /** An answer that is none: another attempt may get a better one. */
    static final class BadAnswer extends RuntimeException {
        private static final long serialVersionUID = 1;

        BadAnswer(String message) {
            super(message);
        }
    }

    private record Reply(int status, String body, Optional<String> retryAfter) {}

    Endpoint(HttpTeacher.Options options, Optional<String> key, BooleanSupplier cancelled) {
        this.options = options;
        this.key = key;
        this.cancelled = cancelled;
        this.pace = new Pace(options.perMinute());
        this.client = HttpClient.newBuilder().executor(threads).followRedirects(HttpClient.Redirect.NEVER).connectTimeout(Duration.ofSeconds(Math.min(30, options.seconds())))
                .build();
    }

    ExecutorService threads() {
        return threads;
    }

    boolean cancelled() {
        return cancelled.getAsBoolean();
    }

    /**
     * What the service says at a path; empty if there is nothing there.
     *
     * @throws Unavailable if it does not answer
     */
    Optional<JsonElement> look(String path) {
        return send(path, null, (status, body) -> status == 404 || status == 405 ? Optional.<JsonElement>empty() : Optional.of(understood(body, whole -> whole)), true);
    }

    /**
     * Asks.
     *
     * @param understand makes of the answer what is wanted, or throws {@link BadAnswer}
     * @throws Unavailable if there is no good answer, whatever was tried; the message has the last reason
     */
    <T> T ask(String path, String body, Function<JsonElement, T> understand) {
        return send(path, body, (status, text) -> understood(text, understand), false);
    }

    private interface Understanding<T> {
        T of(int status, String body);
    }

    private <T> T send(String path, @Nullable String body, Understanding<T> understanding, boolean mayBeAbsent) {
        URI uri = options.at(path);
        String last = "";
        for (int attempt = 0; attempt <= options.retries(); attempt++) {
            long wait = backOff(attempt);
            try {
                pace.await(this::sleep);
                Reply reply = once(uri, body);
                if (reply.status() == 200 || mayBeAbsent && (reply.status() == 404 || reply.status() == 405)) {
                    return understanding.of(reply.status(), reply.body());
                }
                last = "status " + reply.status() + said(reply.body());
                if (!MAY_PASS.contains(reply.status())) {
                    throw new Unavailable("the teacher at " + uri + " refused: " + last, remedy(reply.status()));
                }
                wait = Math.max(wait, asked(uri, reply));
            } catch (BadAnswer e) {
                last = e.getMessage();
            } catch (IOException e) {
                last = e instanceof ConnectException ? "nobody listens there" : e.getClass().getSimpleName() + (e.getMessage() == null ? "" : ": " + e.getMessage());
            } catch (TimeoutException e) {
                last = "no answer within " + options.seconds() + " s";
            }
            if (attempt < options.retries()) {
                sleep(wait);
            }
        }
        throw new Unavailable("the teacher at " + uri + " gave no good answer in " + (options.retries() + 1) + " attempts; the last: " + last,
                "What it answered before is kept; run again to go on.");
    }

    private static long backOff(int attempt) {
        long most = Math.min(LONGEST_WAIT_MILLIS, FIRST_WAIT_MILLIS << Math.min(20, attempt));
        return most / 2 + ThreadLocalRandom.current().nextLong(most / 2 + 1);
    }

    /** How long the service asks to wait, in seconds or until a time. */
    private long asked(URI uri, Reply reply) {
        if (reply.retryAfter().isEmpty()) {
            return 0;
        }
        Duration wait;
        String text = reply.retryAfter().get().strip();
        try {
            wait = text.matches("\\d{1,9}") ? Duration.ofSeconds(Long.parseLong(text))
                    : Duration.between(Instant.now(), ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
        } catch (DateTimeParseException e) {
            return 0; // as if it had said nothing: the wait that doubles is polite too
        }
        if (wait.compareTo(LONGEST_ASKED_FOR) > 0) {
            throw new Unavailable("the teacher at " + uri + " asks to wait " + wait.toMinutes() + " minutes" + said(reply.body()),
                    "What it answered before is kept; run again then.");
        }
        return Math.max(0, wait.toMillis());
    }

    private String remedy(int status) {
        return switch (status) {
            case 401, 403 -> options.key().map(name -> "The key is the value of the environment variable " + name + ".")
                    .orElse("It may ask for a key: name the environment variable that holds it by 'key'.");
            case 301, 302, 303, 307, 308 -> "It points to another address, which nobody has trusted; give that one as url if it is right.";
            case 404 -> "Check url, which usually ends with /v1, and model.";
            default -> "What it answered before is kept.";
        };
    }

    /** One attempt, in a thread of its own that is ended when the time is over: the client's own limit ends with the head of an answer. */
    private Reply once(URI uri, @Nullable String body) throws IOException, TimeoutException {
        Future<Reply> future = threads.submit(() -> exchange(uri, body));
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(options.seconds());
        try {
            while (true) {
                try {
                    return future.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    stopIfCancelled();
                    if (System.nanoTime() > until) {
                        throw e;
                    }
                }
            }
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException io -> throw io;
                case RuntimeException wrong -> throw wrong;
                default -> throw new IllegalStateException(e.getCause());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("asking the teacher was interrupted");
        } finally {
            future.cancel(true);
        }
    }

    private Reply exchange(URI uri, @Nullable String body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("Accept", "application/json").timeout(Duration.ofSeconds(options.seconds()));
        key.ifPresent(value -> request.header("Authorization", "Bearer " + value));
        if (body != null) {
            request.header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body));
        }
        HttpResponse<InputStream> response = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream in = response.body()) {
            byte[] bytes = in.readNBytes(LARGEST_ANSWER + 1);
            if (bytes.length > LARGEST_ANSWER) {
                throw new IOException("an answer of more than " + (LARGEST_ANSWER >> 20) + " MiB");
            }
            return new Reply(response.statusCode(), new String(bytes, StandardCharsets.UTF_8), response.headers().firstValue("Retry-After"));
        }
    }

    private void sleep(long millis) {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        try {
            for (long left = millis; left > 0; left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime())) {
                stopIfCancelled();
                Thread.sleep(Math.min(left, POLL_MILLIS));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("asking the teacher was interrupted");
        }
    }

    private void stopIfCancelled() {
        if (cancelled.getAsBoolean()) {
            throw new CancellationException("asking the teacher stopped");
        }
    }

    private <T> T understood(String text, Function<JsonElement, T> understand) {
        try {
            return understand.apply(JsonParser.parseString(text));
        } catch (JsonParseException e) {
            throw new BadAnswer(text.isBlank() ? "an empty answer" : "an answer that is no JSON, or was cut off: " + shown(withoutKey(text)));
        } catch (NumberFormatException e) {
            throw new BadAnswer("an answer with a number that is none: " + shown(withoutKey(text)));
        }
    }

    /** The message of an error, wherever services put it. Some repeat the key that they refuse. */
    private String said(String body) {
        String text = shown(withoutKey(message(body)));
        return text.isEmpty() ? "" : ", '" + text + "'";
    }

    private String withoutKey(String text) {
        return key.map(value -> text.replace(value, "(the key)")).orElse(text);
    }

    private static String message(String body) {
        try {
            if (JsonParser.parseString(body) instanceof JsonObject whole && whole.get("error") instanceof JsonElement error) {
                return error instanceof JsonObject told && told.get("message") instanceof JsonPrimitive text ? text.getAsString() : error.toString();
            }
            return body;
        } catch (JsonParseException e) {
            return body;
        }
    }

    private static String shown(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
    }

    @Override
    public void close() {
        client.shutdownNow();
        threads.shutdownNow();
    }
}
