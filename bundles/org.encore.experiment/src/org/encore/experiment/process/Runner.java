package org.encore.experiment.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

import org.encore.api.option.Choice;
import org.encore.api.run.Event;
import org.encore.api.run.EventSink;
import org.encore.api.run.Launcher;
import org.encore.experiment.Experiment;
import org.encore.experiment.job.Effort;
import org.encore.experiment.job.Execution;
import org.encore.experiment.job.Job;
import org.encore.experiment.job.Jobs;
import org.encore.experiment.job.Outcome;
import org.encore.experiment.plan.Node;
import org.encore.experiment.plan.Plan;
import org.encore.experiment.result.RunPlan;
import org.encore.experiment.run.EventLog;
import org.encore.experiment.run.RunFolder;
import org.encore.experiment.store.Store;
import org.encore.experiment.yaml.YamlWriter;

/**
 * Runs an experiment. A result that is in the store is not made again; a failure is reported, and everything that does not need it goes on; a killed run is
 * taken up by the next process that runs the same experiment.
 */
public final class Runner {

    private final Workshop workshop;
    private final RunLock lock;
    private final Emitter emitter;
    private final BooleanSupplier stop;
    private final TimeBook times;
    private final Effort effort;
    private final List<Event.StageFailed> failures = new ArrayList<>();

    private Runner(Workshop workshop, RunLock lock, Emitter emitter, BooleanSupplier stop) {
        this.workshop = workshop;
        this.lock = lock;
        this.emitter = emitter;
        this.stop = stop;
        this.times = new TimeBook(workshop.store());
        this.effort = new Effort(workshop.registry());
    }

    /**
     * How a run ended.
     *
     * @param folder where everything lies
     * @param status done, failed or stopped
     * @param failures what failed
     */
    public record Ending(RunFolder folder, String status, List<Event.StageFailed> failures) {}

    /**
     * Runs an experiment to its end.
     *
     * @param plan of the experiment, before anything is tuned
     * @param sinks what follows it, beside the log and the listeners that it names
     * @param stop true once the user wants to stop
     * @throws IOException if the run's folder or the store cannot be written; the message says what to do
     */
    public static Ending run(Plan plan, Workshop workshop, List<EventSink> sinks, BooleanSupplier stop) throws IOException {
        Experiment experiment = plan.experiment();
        try (RunLock lock = RunLock.resumeOrCreate(workshop.runs(), experiment); EventLog log = new EventLog(lock.folder().path());
                Emitter emitter = new Emitter(lock.folder().path(), log, sinks)) {
            emitter.listen(experiment.header().listeners(), workshop.registry());
            return new Runner(workshop, lock, emitter, stop).run(plan);
        } catch (UncheckedIOException | IOException e) {
            throw new IOException("the run ends here, because something cannot be written or read: " + said(e)
                    + ". What is finished is kept; when that is mended, the same command goes on", e);
        }
    }

    /** Java says of many files only their name. */
    private static String said(Exception failure) {
        return switch (failure) {
            case AccessDeniedException e -> e.getFile() + ": permission denied";
            case NoSuchFileException e -> e.getFile() + " is not there";
            default -> failure.getMessage();
        };
    }

    private Ending run(Plan plan) throws IOException {
        long started = System.nanoTime();
        Optional<Map<String, String>> before = dataBefore();
        RunPlan now = RunPlan.of(plan, Map.of());
        now.write(lock.folder());
        emitter.emit(new Event.RunStarted(lock.folder().name(), plan.experiment().name(), plan.cells().stream().map(c -> new Event.Cell(c.id(),
                c.variant().name(), c.variant().seed(), c.variant().model().parameterCount(), c.variant().axes())).toList(), plan.experiment().stages(), lock.resumed()));
        if (before.isPresent() && !before.get().equals(now.data())) {
            emitter.emit(new Event.Message("warning",
                    "the data were changed since this run began; what was made of the earlier ones is made anew, and kept in the store"));
        }
        boolean ended = tunedAndRun(plan);
        String status = !ended ? "stopped" : failures.isEmpty() ? "done" : "failed";
        emitter.emit(new Event.RunFinished(status, (System.nanoTime() - started) / 1e9));
        return new Ending(lock.folder(), status, List.copyOf(failures));
    }

    /** What an earlier process had planned to use; empty if there was none, or what it wrote is damaged. */
    private Optional<Map<String, String>> dataBefore() {
        try {
            return lock.resumed() ? RunPlan.read(lock.folder()).map(RunPlan::data).filter(data -> !data.isEmpty()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // it is written anew
        }
    }

    private boolean tunedAndRun(Plan plan) throws IOException {
        Experiment experiment = plan.experiment();
        if (experiment.tuning().isEmpty()) {
            return execute(plan, lock.folder());
        }
        var tuning = new Tuning(plan, workshop.registry());
        if (!tuning.run(workshop.corpora(), lock.folder().path(), this::execute, emitter::emit)) {
            return false;
        }
        Plan tuned = Plan.of(experiment.with(tuning.chosen(), workshop.registry()), workshop.corpora());
        RunPlan.of(tuned, tuning.record()).write(lock.folder());
        return execute(tuned, lock.folder());
    }

    /** @param links folder below which results are found by people and by later stages */
    private boolean execute(Plan plan, RunFolder links) throws IOException {
        var resources = plan.experiment().header().resources();
        Path folder = lock.folder().path();
        var jobs = new Jobs(workshop.store(), folder, resources.threadsEach(), workshop.registry());
        var here = new Execution(workshop.registry(), emitter::emit, stop);
        try (Crew crew = new Crew(worker(plan.experiment().header().launcher()), workshop.data(), folder.resolve("work"), resources.workers(), emitter::emit, stop, here)) {
            boolean ended = new Scheduler(plan.nodes(), jobs, new Store(workshop.store()), crew, here, new Following(plan, links), stop).run();
            Provenance.write(lock.folder(), plan, workshop.registry(), jobs.keys());
            return ended;
        }
    }

    private <O extends Record> Optional<List<String>> worker(Choice<Launcher<?>> choice) {
        @SuppressWarnings("unchecked")
        var launcher = (Launcher<O>) choice.extension();
        return workshop.command().map(command -> launcher.command(launcher.optionsType().cast(choice.options()), List.of(command, "worker")));
    }

    /** Writes down how nodes end. */
    private final class Following implements Scheduler.Follower {

        private final Plan plan;
        private final RunFolder links;

        Following(Plan plan, RunFolder links) {
            this.plan = plan;
            this.links = links;
        }

        @Override
        public void beforeWhole(Map<String, String> keys) throws IOException {
            Provenance.write(lock.folder(), plan, workshop.registry(), keys); // so far: the report, a stage itself, shows it
        }

        @Override
        public void done(Node node, Job job, Path result, double seconds) throws IOException {
            for (String name : node.names()) {
                link(switch (node.scope()) {
                    case CELL -> links.result(node.label(), name);
                    case GROUP, RUN -> links.ofGroup(node.label(), name);
                }, result);
            }
            if (seconds == 0) {
                emitter.emit(new Event.StageCached(node.label(), node.stage().id(), job.key()));
            } else {
                times.record(node.stage().id(), effort.of(job), seconds);
            }
        }

        @Override
        public void failed(Node node, Outcome.Failed failure) throws IOException {
            Path details = Files.createDirectories(lock.folder().path().resolve("failures")).resolve(node.toString().replace(' ', '-') + ".txt");
            Files.writeString(details, failure.message() + "\n\n" + failure.details());
            var failed = new Event.StageFailed(node.label(), node.stage().id(), failure.message());
            failures.add(failed);
            emitter.emit(failed);
        }
    }

    /** A relative link, so that a folder of runs can be moved as a whole. */
    private static void link(Path place, Path result) throws IOException {
        Files.createDirectories(place.getParent());
        Path target = place.getParent().toAbsolutePath().relativize(result.toAbsolutePath());
        try {
            Files.createSymbolicLink(place, target);
        } catch (FileAlreadyExistsException e) {
            if (Files.isSymbolicLink(place)) {
                Files.delete(place);
                Files.createSymbolicLink(place, target);
            }
        }
    }
}
