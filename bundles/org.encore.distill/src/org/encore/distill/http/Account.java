package org.encore.distill.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

import org.encore.api.Sha256;
import org.encore.api.Unavailable;
import org.encore.api.teachers.Spent;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

/**
 * Asks one service several questions at a time and keeps every answer with what it took.
 *
 * @param teacher fingerprint of what is asked
 */
record Account(Endpoint endpoint, String teacher, Journal journal, HttpTeacher.Options options) implements AutoCloseable {

    private static final double MILLION = 1e6;

    /** Makes of an answer what is kept of it, or throws {@link Endpoint.BadAnswer}. */
    interface Understanding {
        JsonElement of(JsonElement answer, int question);
    }

    /**
     * Answers in the order of the questions. When one fails for good no further ones are sent; those under way are waited for and kept.
     *
     * @param bodies questions
     * @throws Unavailable if one has no good answer
     */
    List<JsonElement> ask(String path, List<String> bodies, Understanding understanding) {
        List<String> all = bodies.stream().map(body -> Sha256.of(path + "\n" + body)).toList();
        Map<String, Integer> keys = new LinkedHashMap<>();
        for (int i = 0; i < all.size(); i++) {
            keys.putIfAbsent(all.get(i), i);
        }
        journal.keepOnly(teacher, keys.keySet());
        var places = new Semaphore(options.concurrency());
        var failed = new AtomicBoolean();
        var running = new ArrayList<Future<?>>();
        keys.forEach((key, index) -> {
            if (journal.get(key).isEmpty()) {
                running.add(endpoint.threads().submit(() -> {
                    places.acquire();
                    try {
                        if (!failed.get()) {
                            one(path, bodies.get(index), key, answer -> understanding.of(answer, index));
                        }
                    } catch (RuntimeException e) {
                        failed.set(true);
                        throw e;
                    } finally {
                        places.release();
                    }
                    return null;
                }));
            }
        });
        await(running);
        return all.stream().map(key -> journal.get(key).orElseThrow()).toList();
    }

    private void one(String path, String body, String key, java.util.function.UnaryOperator<JsonElement> understanding) {
        endpoint.ask(path, body, answer -> {
            JsonElement kept = understanding.apply(answer);
            journal.put(teacher, key, kept, count(answer, "prompt_tokens"), count(answer, "completion_tokens"));
            return kept;
        });
    }

    private static long count(JsonElement answer, String name) {
        return answer instanceof JsonObject object && object.get("usage") instanceof JsonObject usage && usage.has(name) && usage.get(name).isJsonPrimitive()
                && usage.get(name).getAsJsonPrimitive().isNumber() ? usage.get(name).getAsLong() : 0;
    }

    private static void await(List<Future<?>> running) {
        RuntimeException first = null;
        for (Future<?> future : running) {
            try {
                future.get();
            } catch (ExecutionException e) {
                RuntimeException failure = e.getCause() instanceof RuntimeException runtime ? runtime : new IllegalStateException(e.getCause());
                // of several the one that says what is wrong with the teacher
                first = first == null || first instanceof CancellationException && failure instanceof Unavailable ? failure : first;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException("asking the teacher was interrupted");
            }
        }
        if (first != null) {
            throw first;
        }
    }

    Spent spent() {
        double cost = options.prices().map(p -> (journal.promptTokens() * p.prompt() + journal.completionTokens() * p.completion()) / MILLION).orElse(0.0);
        return new Spent(journal.requests(), journal.promptTokens(), journal.completionTokens(), cost);
    }

    @Override
    public void close() {
        endpoint.close();
    }
}
