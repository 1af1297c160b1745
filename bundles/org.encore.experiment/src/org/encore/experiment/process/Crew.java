package org.encore.experiment.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.encore.api.run.Event;
import org.encore.experiment.job.Execution;
import org.encore.experiment.job.Job;
import org.encore.experiment.job.JobFile;
import org.encore.experiment.job.Outcome;
import org.encore.experiment.job.WorkerProcess;

/**
 * The workers of a run: each takes one job at a time and goes on with the next. A measurement gets a worker that has done nothing before, while no other
 * works. Where no other process can be started, this one does the work.
 */
final class Crew implements AutoCloseable {

    private final Optional<List<String>> command;
    private final List<Path> data;
    private final Path folder;
    private final int size;
    private final Consumer<Event> events;
    private final BooleanSupplier stop;
    private final Execution here;
    private final Deque<WorkerProcess> idle = new ArrayDeque<>();
    private int busy;
    private boolean measuring;
    private int started;
    private int sent;

    /**
     * @param data folders with data sets
     * @param folder for job files and what workers say beside their replies
     */
    Crew(Optional<List<String>> command, List<Path> data, Path folder, int size, Consumer<Event> events, BooleanSupplier stop, Execution here) {
        this.command = command;
        this.data = data;
        this.folder = folder;
        this.size = command.isPresent() ? size : 1;
        this.events = events;
        this.stop = stop;
        this.here = here;
    }

    /** Whether a job can be sent now. */
    synchronized boolean hasRoom(boolean measures) {
        return !measuring && (measures ? busy == 0 : busy < size);
    }

    /** Sends a job; how it ended comes from another thread. */
    void send(Job job, Consumer<Outcome> ended) throws IOException {
        boolean measures = job.stage().extension().measures();
        Path file;
        synchronized (this) {
            busy++;
            measuring = measures;
            file = Files.createDirectories(folder).resolve("job-" + sent++ + ".yaml");
        }
        Thread.ofPlatform().daemon().name("job").start(() -> {
            Outcome outcome;
            try {
                outcome = done(job, file, measures);
            } catch (RuntimeException | LinkageError e) {
                // such as an event that could not be written down: the run waits for every job that it has sent
                outcome = new Outcome.Failed(String.valueOf(e.getMessage()), "");
            }
            synchronized (this) {
                busy--;
                measuring = false;
            }
            ended.accept(outcome);
        });
    }

    private Outcome done(Job job, Path file, boolean measures) {
        if (command.isEmpty()) {
            return here.run(job);
        }
        WorkerProcess worker = null;
        try {
            JobFile.write(job, file);
            worker = measures ? start() : take();
            Outcome outcome = worker.run(file, events, stop);
            Files.deleteIfExists(file);
            return outcome;
        } catch (IOException e) {
            return new Outcome.Failed("no worker could be started: " + e.getMessage(), "");
        } finally {
            if (worker != null) {
                giveBack(worker, measures);
            }
        }
    }

    private WorkerProcess take() throws IOException {
        synchronized (this) {
            if (!idle.isEmpty()) {
                return idle.pop();
            }
        }
        return start();
    }

    private WorkerProcess start() throws IOException {
        int number;
        synchronized (this) {
            number = ++started;
        }
        return WorkerProcess.start(command.orElseThrow(), folder.resolve("worker-" + number + ".log"), data.isEmpty() ? Map.of()
                : Map.of(Workshop.DATA, data.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator))));
    }

    private void giveBack(WorkerProcess worker, boolean measured) {
        if (measured || !worker.isAlive()) {
            worker.close();
        } else {
            synchronized (this) {
                idle.push(worker);
            }
        }
    }

    @Override
    public void close() {
        List<WorkerProcess> all;
        synchronized (this) {
            all = List.copyOf(idle);
            idle.clear();
        }
        all.forEach(WorkerProcess::close);
        tidy();
    }

    /** Only what a worker said, which it does when something is wrong, is worth keeping. */
    private void tidy() {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                if (!file.toString().endsWith(".log") || Files.size(file) == 0) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            return; // somebody may look at it now
        }
        folder.toFile().delete(); // if nothing is left in it
    }
}
