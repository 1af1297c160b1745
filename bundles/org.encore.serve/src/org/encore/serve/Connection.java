package org.encore.serve;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpExchange;

import org.jspecify.annotations.Nullable;

/**
 * One request's way back. That a client has gone is only noticed by writing to it, so while nothing can be sent yet a sign of life is: blanks before a
 * JSON text, comments among events, which readers of both skip.
 */
final class Connection {

    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final int PIECE = 1 << 14;

    private final HttpExchange exchange;
    private final boolean events;
    private final Patience patience = new Patience();
    private long wrote = System.nanoTime();
    private @Nullable OutputStream out;
    private boolean gone;

    /** @param events whether the answer is a stream of events */
    Connection(HttpExchange exchange, boolean events) {
        this.exchange = exchange;
        this.events = events;
    }

    /** Whether the client has gone, as far as is known. */
    boolean gone() {
        if (!gone && System.nanoTime() - wrote > SILENCE_NANOS) {
            write(events ? ": still at it\n\n" : " ");
        }
        return gone;
    }

    /** An event of a stream. Nothing more is sent to a client that has gone. */
    void event(String data) {
        if (gone) {
            return;
        }
        write("data: " + data + "\n\n");
    }

    private void write(String text) {
        try {
            OutputStream to = out == null ? begin() : out;
            patience.during(() -> {
                to.write(text.getBytes(StandardCharsets.UTF_8));
                to.flush();
            });
            wrote = System.nanoTime();
        } catch (IOException e) {
            gone = true;
        }
    }

    private OutputStream begin() throws IOException {
        exchange.getResponseHeaders().set("Content-Type", events ? "text/event-stream; charset=utf-8" : "application/json");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(200, 0);
        out = exchange.getResponseBody();
        return out;
    }

    /** A whole answer; of one that has begun, the rest. */
    void json(int status, JsonObject json) throws IOException {
        byte[] bytes = json.toString().getBytes(StandardCharsets.UTF_8);
        if (out == null) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, exchange.getRequestMethod().equals("HEAD") ? -1 : bytes.length);
            out = exchange.getResponseBody();
        }
        if (!exchange.getRequestMethod().equals("HEAD")) {
            OutputStream to = out;
            // in pieces, so that who reads slowly is not taken for one who does not read
            for (int from = 0; from < bytes.length; from += PIECE) {
                int begin = from;
                patience.during(() -> to.write(bytes, begin, Math.min(PIECE, bytes.length - begin)));
            }
        }
        end();
    }

    /** Tells a problem, also after a stream has begun. A whole answer that has begun as a success is broken off: no client takes half of it for all. */
    void fail(Problem problem) throws IOException {
        if (out == null) {
            json(problem.status(), problem.json());
        } else if (events) {
            event(problem.json().toString());
            end();
        }
    }

    void end() throws IOException {
        if (out != null) {
            out.close();
        }
    }
}
