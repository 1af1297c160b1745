package org.encore.experiment.job;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import org.encore.api.run.Event;

/** A worker in a process of its own. One that crashes costs the job at hand. Not for several threads. */
public final class WorkerProcess implements AutoCloseable {

    /** Environment variable: where the virtual machine writes what it knows of a crash. */
    private static final String CRASH_FILE = "ENCORE_CRASH_FILE";
    private static final long LOOK_MILLIS = 100;
    private static final int SIGNALLED = 128;
    private static final int LAST_LINES = 12;
    /** How long a job that should stop may take before the process is killed. */
    private static final int PATIENCE_SECONDS = 30;

    private final Process process;
    private final Path log;
    private final BufferedReader in;
    private final OutputStream out;

    private WorkerProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
        this.in = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.out = process.getOutputStream();
    }

    /**
     * Starts one.
     *
     * @param log what the process says beside its replies, kept for when it crashes
     * @param environment variables beside those of this process
     */
    public static WorkerProcess start(List<String> command, Path log, Map<String, String> environment) throws IOException {
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        builder.environment().put(CRASH_FILE, log.toAbsolutePath().resolveSibling("crash-%p.log").toString());
        return new WorkerProcess(builder.start(), log);
    }

    /** Lets the worker do a job; a crash is a failure of this job. */
    public Outcome run(Path job, Consumer<Event> events, BooleanSupplier stop) {
        Thread stopper = Thread.ofVirtual().start(() -> stopWhen(stop));
        try {
            send(job.toAbsolutePath().toString());
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                switch (Reply.read(line).orElse(null)) {
                    case Reply.Happened happened -> events.accept(happened.event());
                    case Reply.Ended ended -> {
                        return ended.outcome();
                    }
                    case null -> Files.writeString(log, line + "\n", java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.APPEND);
                }
            }
        } catch (IOException e) {
            // the pipe broke: the process is gone
        } finally {
            stopper.interrupt();
        }
        return stop.getAsBoolean() ? new Outcome.Stopped() : crashed();
    }

    private void stopWhen(BooleanSupplier stop) {
        try {
            while (!stop.getAsBoolean()) {
                Thread.sleep(LOOK_MILLIS);
            }
            send("stop");
            TimeUnit.SECONDS.sleep(PATIENCE_SECONDS);
            process.destroyForcibly();
        } catch (InterruptedException | IOException e) {
            // the job has ended, or the process has
        }
    }

    private void send(String line) throws IOException {
        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private Outcome crashed() {
        try {
            process.waitFor(2, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        String how = process.isAlive() ? "its process answers no more" : ending(process.exitValue());
        process.destroyForcibly();
        return new Outcome.Failed(how + ". The other models are not concerned. What the process said last is in " + log, tail());
    }

    private static String ending(int code) {
        return switch (code - SIGNALLED) {
            case 4 -> "native code used an instruction that this processor does not have (signal 4): the process is gone";
            case 6 -> "native code gave up (signal 6): the process is gone";
            case 7, 11 -> "native code crashed (signal " + (code - SIGNALLED) + "): the process is gone";
            case 9 -> "the process was killed (signal 9); by the system, if memory ran out";
            case 15 -> "the process was ended from outside (signal 15)";
            default -> "the process ended with code " + code;
        };
    }

    private String tail() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
        } catch (IOException e) {
            return "";
        }
    }

    /** Whether it can take another job. */
    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        try {
            out.close();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
