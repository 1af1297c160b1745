package org.encore.distill;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import org.encore.api.Unavailable;
import org.encore.api.teachers.Answering;

/** Answers of a program: one start for each call. */
final class ProgramAnswers implements Answering {

    private static final int SHOWN = 300;
    private static final long POLL_MILLIS = 200;
    /** All three streams block: on a shared pool of few threads the program would wait for its input for ever. */
    private static final Executor OWN_THREAD = task -> Thread.ofPlatform().daemon().name("teacher's program").start(task);

    private final List<String> command;
    private final int seconds;
    private final String fingerprint;
    private final BooleanSupplier cancelled;

    ProgramAnswers(List<String> command, int seconds, String fingerprint, BooleanSupplier cancelled) {
        this.command = command;
        this.seconds = seconds;
        this.fingerprint = fingerprint;
        this.cancelled = cancelled;
    }

    @Override
    public String description() {
        return "the program " + String.join(" ", command);
    }

    @Override
    public String fingerprint() {
        return fingerprint;
    }

    @Override
    public List<String> answer(List<String> sources) {
        sources.stream().filter(source -> source.indexOf('\n') >= 0).findFirst().ifPresent(source -> {
            throw new IllegalArgumentException("source '" + source
                    + "' has more than one line, which a program that is asked line by line cannot be given");
        });
        Process process = start();
        try {
            CompletableFuture<String> out = CompletableFuture.supplyAsync(() -> text(process.getInputStream()), OWN_THREAD);
            CompletableFuture<String> errors = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()), OWN_THREAD);
            CompletableFuture<Void> asked = CompletableFuture.runAsync(() -> write(process.getOutputStream(), sources), OWN_THREAD);
            await(process);
            asked.join();
            if (process.exitValue() != 0) {
                throw failed("ended with status " + process.exitValue() + shown(errors.join()));
            }
            List<String> answers = out.join().lines().map(String::strip).toList();
            if (answers.size() != sources.size()) {
                throw failed("answered " + answers.size() + " lines to " + sources.size() + " sources, the first of which is '" + sources.getFirst() + "'"
                        + shown(errors.join()));
            }
            return answers;
        } finally {
            process.destroyForcibly();
        }
    }

    private Process start() {
        try {
            return new ProcessBuilder(command).start();
        } catch (IOException e) {
            throw failed("cannot be started: " + e.getMessage());
        }
    }

    private void await(Process process) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        try {
            while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                if (cancelled.getAsBoolean()) {
                    throw new CancellationException("asking the teacher stopped");
                }
                if (System.nanoTime() > until) {
                    throw failed("did not end within " + seconds + " s; give it more by 'seconds'");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("asking the teacher was interrupted");
        }
    }

    private static String text(InputStream in) {
        try (in) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return ""; // the process was ended; how is told by its status
        }
    }

    private static void write(OutputStream out, List<String> sources) {
        try (out) {
            out.write((String.join("\n", sources) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // it does not read on; how many lines it answered tells
        }
    }

    private static String shown(String errors) {
        String text = errors.strip();
        return text.isEmpty() ? "" : ". It said: " + text.substring(Math.max(0, text.length() - SHOWN));
    }

    private Unavailable failed(String what) {
        return new Unavailable("the teacher's program " + String.join(" ", command) + " " + what, "What it answered before is kept.");
    }

    @Override
    public void close() {
        // every call ends its process
    }
}
