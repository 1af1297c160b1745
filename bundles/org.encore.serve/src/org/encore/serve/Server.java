package org.encore.serve;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import org.encore.api.Counted;
import org.encore.api.Unavailable;
import org.encore.api.option.Nearest;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * Completions over HTTP as OpenAI's API has them: {@code /v1/models}, {@code /v1/completions}, {@code /v1/chat/completions}. Requests are computed
 * one after another, in the order in which they come; the prompts of one request together.
 */
public final class Server implements AutoCloseable {

    private static final int LARGEST_BODY = 16 << 20;
    private static final int POLL_MILLIS = 200;
    private static final String MODELS = "/v1/models";

    static {
        // without it an event waits for the client's acknowledgement of the one before, 40 ms
        System.setProperty("sun.net.httpserver.nodelay", System.getProperty("sun.net.httpserver.nodelay", "true"));
        // seconds for a request to come whole; by itself it waits for ever
        System.setProperty("sun.net.httpserver.maxReqTime", System.getProperty("sun.net.httpserver.maxReqTime", "60"));
    }

    private final HttpServer http;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Shelf shelf;
    private final Bound bound;
    private final Consumer<String> log;
    private final Semaphore turn = new Semaphore(1, true);
    private final AtomicInteger here = new AtomicInteger();
    private volatile boolean closing;

    private Server(HttpServer http, Shelf shelf, Bound bound, Consumer<String> log) {
        this.http = http;
        this.shelf = shelf;
        this.bound = bound;
        this.log = log;
    }

    /**
     * Begins to listen.
     *
     * @param log is told of each request, a line each
     * @throws IOException if it cannot listen there; the message names the address
     */
    public static Server start(Shelf shelf, Bound bound, Consumer<String> log) throws IOException {
        HttpServer http;
        try {
            http = HttpServer.create(bound.address(), 0);
        } catch (IOException e) {
            throw new IOException("cannot listen at " + bound.address().getHostString() + ":" + bound.address().getPort() + ": " + e.getMessage(), e);
        }
        var server = new Server(http, shelf, bound, log);
        http.setExecutor(server.threads);
        http.createContext("/", server::handle);
        http.start();
        return server;
    }

    /** Where it listens, with the port that it got. */
    public InetSocketAddress address() {
        return http.getAddress();
    }

    /** Stops listening, and ends what is being computed: when this returns no model is in use any more. */
    @Override
    public void close() {
        closing = true;
        http.stop(1);
        turn.acquireUninterruptibly();
        turn.release(); // who gets it now sees that the server stops
        threads.shutdown();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var plain = new Connection(exchange, false);
            try {
                letIn(exchange);
                route(exchange, plain);
            } catch (Problem problem) {
                said(exchange, problem.status() + " " + problem.getMessage());
                plain.fail(problem);
            } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
                said(exchange, "500 " + e);
                plain.fail(Problem.ours(500, "this should not happen: " + e));
            }
        } catch (IOException e) {
            said(exchange, "the client has gone" + (e.getMessage() == null ? ", or did not send its request in time" : ": " + e.getMessage()));
        }
    }

    private void said(HttpExchange exchange, String what) {
        // what comes from a client must not begin a line of its own, nor move a terminal's cursor
        log.accept((exchange.getRequestMethod() + " " + exchange.getRequestURI().getRawPath() + ": " + what).replaceAll("\\p{Cc}", "?"));
    }

    /** A page in a browser can make it send requests here, so here is only who knows the address, and no other site's page. */
    private void letIn(HttpExchange exchange) {
        String host = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Host")).orElse("");
        if (address().getAddress().isLoopbackAddress()
                && !host.replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT).matches("localhost|127(\\.\\d+){3}|\\[::1]")) {
            throw Problem.request(403, "this server is for programs of this machine, which call it localhost, not '" + host + "'", null);
        }
        if (bound.key().isPresent()) {
            String given = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")).orElse("");
            if (!MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), ("Bearer " + bound.key().get()).getBytes(StandardCharsets.UTF_8))) {
                exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
                throw Problem.noKey(given.isEmpty() ? "this server asks for a key, and none was sent" : "the key is not the right one");
            }
        }
    }

    private void route(HttpExchange exchange, Connection plain) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.equals(MODELS) || path.startsWith(MODELS + "/")) {
            method(exchange, "GET");
            plain.json(200, path.equals(MODELS) ? models() : json(card(Optional.of(path.substring(MODELS.length() + 1)))));
            return;
        }
        Format format = switch (path) {
            case "/v1/completions" -> Format.COMPLETION;
            case "/v1/chat/completions" -> Format.CHAT;
            default -> throw Problem.request(404, "there is no " + path + ". "
                    + Nearest.suggestion(path, List.of(MODELS, "/v1/completions", "/v1/chat/completions")), null);
        };
        method(exchange, "POST");
        // counted before its body is read: what waits here is what lies in memory
        if (here.incrementAndGet() > bound.requests()) {
            here.decrementAndGet();
            exchange.getResponseHeaders().set("Retry-After", "1");
            throw Problem.ours(503, "busy: " + bound.requests() + " requests are being answered already");
        }
        try {
            Fields fields = body(exchange);
            complete(exchange, format, switch (format) {
                case COMPLETION -> Question.completion(fields);
                case CHAT -> Question.chat(fields);
            });
        } finally {
            here.decrementAndGet();
        }
    }

    private static void method(HttpExchange exchange, String method) {
        String given = exchange.getRequestMethod();
        if (!given.equals(method) && !(method.equals("GET") && given.equals("HEAD"))) {
            exchange.getResponseHeaders().set("Allow", method);
            throw Problem.request(405, given + " is not for " + exchange.getRequestURI().getPath() + "; use " + method, null);
        }
    }

    private static Fields body(HttpExchange exchange) throws IOException {
        String type = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Type")).orElse("");
        if (!type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
            // what a page in a browser may send to other sites unasked is never of this type
            throw Problem.request(415, "Content-Type is '" + type + "'; send application/json", null);
        }
        byte[] bytes = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
        if (bytes.length > LARGEST_BODY) {
            throw Problem.request(413, "the body has more than " + (LARGEST_BODY >> 20) + " MiB", null);
        }
        return Fields.of(new String(bytes, StandardCharsets.UTF_8));
    }

    private JsonObject models() {
        var data = new JsonArray();
        shelf.cards().forEach(card -> data.add(json(card)));
        var all = new JsonObject();
        all.addProperty("object", "list");
        all.add("data", data);
        return all;
    }

    private static JsonObject json(Card card) {
        var json = new JsonObject();
        json.addProperty("id", card.id());
        json.addProperty("object", "model");
        json.addProperty("created", card.created());
        json.addProperty("owned_by", "encore");
        var more = new JsonObject();
        more.addProperty("architecture", card.architecture());
        more.addProperty("parameters", card.parameters());
        more.addProperty("vocabulary", card.vocabulary());
        more.addProperty("tokenizer", card.tokenizer());
        more.addProperty("fingerprint", card.fingerprint());
        more.addProperty("reads", card.reading().name().toLowerCase(Locale.ROOT));
        more.addProperty("start_token", card.startToken());
        more.addProperty("end_token", card.endToken());
        json.add("encore", more);
        return json;
    }

    private Card card(Optional<String> id) {
        List<Card> cards = shelf.cards();
        if (id.isEmpty()) {
            if (cards.size() == 1) {
                return cards.getFirst();
            }
            throw Problem.wrong("model", "'model' is missing; this server has " + String.join(", ", cards.stream().map(Card::id).toList()));
        }
        return cards.stream().filter(card -> card.id().equals(id.get())).findFirst()
                .orElseThrow(() -> Problem.noModel("there is no model '" + id.get() + "'. "
                + Nearest.suggestion(id.get(), cards.stream().map(Card::id).toList())));
    }

    private void complete(HttpExchange exchange, Format format, Question question) throws IOException {
        Card card = card(question.model());
        var connection = new Connection(exchange, question.stream());
        JsonObject head = format.head(UUID.randomUUID().toString().replace("-", ""), System.currentTimeMillis() / 1000, card, question.stream());
        boolean tells = question.settings().likeliest().isPresent();
        Answer answer = question.stream() ? new StreamedAnswer(connection, format, head, tells, question.usage())
                : new WholeAnswer(connection, format, head, tells);
        long came = System.nanoTime();
        try {
            BooleanSupplier over = () -> closing || connection.gone();
            await(over);
            long began = System.nanoTime();
            Generation generation;
            try {
                generation = new Generation(take(card), question.prompts(), question.settings(), answer);
                generation.run(over);
            } finally {
                turn.release();
            }
            answer.finish(new Usage(generation.promptTokens(), generation.chosenTokens()));
            said(exchange, String.format(Locale.ROOT, "%s, %s of %s, %s in %.2f s after %.2f s", card.id(),
                    Counted.of(question.prompts().size(), "prompt"), Counted.of(generation.promptTokens(), "token"),
                    Counted.of(generation.chosenTokens(), "token"), (System.nanoTime() - began) / 1e9, (began - came) / 1e9));
        } catch (CancellationException e) {
            said(exchange, closing ? "ended, as the server stops" : "ended, as the client has gone");
            connection.fail(Problem.ours(503, "the server stops"));
        } catch (Problem problem) {
            said(exchange, problem.status() + " " + problem.getMessage());
            connection.fail(problem);
        } catch (IllegalStateException e) {
            said(exchange, "500 " + e.getMessage());
            connection.fail(Problem.ours(500, e.getMessage()));
        }
    }

    private void await(BooleanSupplier over) {
        try {
            while (!turn.tryAcquire(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                if (over.getAsBoolean()) {
                    throw new CancellationException("nobody waits for the answer");
                }
            }
            if (closing) {
                turn.release();
                throw new CancellationException("the server stops");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        }
    }

    private Served take(Card card) {
        try {
            return shelf.take(card.id());
        } catch (IOException | Unavailable | IllegalArgumentException e) {
            throw Problem.ours(500, card.id() + " cannot be loaded: " + e.getMessage());
        }
    }
}
