package org.encore.experiment.job;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.encore.api.extension.Registry;
import org.encore.api.option.Problems;

/**
 * The process that does jobs for another: reads the names of job files, one a line, and says what happens. The word {@code stop} stops the job at
 * hand; the end of the input, or of the process that writes it, ends this one.
 */
public final class Worker {

    private static final String STOP = "stop";
    private static final String END = "";
    /** How long a job that should stop may take, once nobody waits for it any more. */
    private static final int PATIENCE_SECONDS = 20;

    private final Registry registry;
    private final JobFile files;
    private final OutputStream out;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final AtomicBoolean stop = new AtomicBoolean();

    /** @param out for replies; nothing else is written to it */
    public Worker(Registry registry, JobFile files, OutputStream out) {
        this.registry = registry;
        this.files = files;
        this.out = out;
    }

    /** Works until the input ends. */
    public void serve(InputStream in) throws InterruptedException {
        Thread.ofPlatform().daemon().name("requests").start(() -> listen(in));
        for (String line = lines.take(); !line.equals(END); line = lines.take()) {
            say(new Reply.Ended(run(Path.of(line))));
        }
    }

    private void listen(InputStream in) {
        try (var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.equals(STOP)) {
                    stop.set(true);
                } else if (!line.isBlank()) {
                    lines.add(line);
                }
            }
        } catch (IOException e) {
            // as good as the end
        }
        stop.set(true);
        lines.clear();
        lines.add(END);
        endSoon();
    }

    /** The other process is gone: native code that does not look at the stop is not waited for. */
    private static void endSoon() {
        Thread.ofPlatform().daemon().name("end").start(() -> {
            try {
                TimeUnit.SECONDS.sleep(PATIENCE_SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            Runtime.getRuntime().halt(1);
        });
    }

    private Outcome run(Path file) {
        if (stop.get()) {
            return new Outcome.Stopped();
        }
        try {
            return new Execution(registry, event -> say(new Reply.Happened(event)), stop::get).run(files.read(file));
        } catch (IOException | Problems.InvalidConfiguration | org.encore.api.Unavailable e) {
            return new Outcome.Failed(String.valueOf(e.getMessage()), "");
        }
    }

    private synchronized void say(Reply reply) {
        try {
            out.write((reply.line() + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            stop.set(true); // nobody listens any more
        }
    }
}
