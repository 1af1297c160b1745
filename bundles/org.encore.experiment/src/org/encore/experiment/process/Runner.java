package org.encore.experiment.process;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

import org.encore.api.extension.Registry;
import org.encore.api.option.Choice;
import org.encore.api.run.Event;
import org.encore.api.run.EventSink;
import org.encore.api.run.Stage;
import org.encore.api.run.StageContext.Variant;
import org.encore.experiment.plan.Plan;
import org.encore.experiment.run.EventLog;
import org.encore.experiment.run.RunFolder;
import org.encore.experiment.store.StageKey;
import org.encore.experiment.store.Store;
import org.encore.experiment.yaml.YamlWriter;

/**
 * Runs a plan stage by stage. A stage whose result is in the store is not run again; a failed one is reported and everything that does not need
 * it goes on; a killed run is taken up by the next process that runs the same file.
 */
public final class Runner {

    private final Plan plan;
    private final Registry registry;
    private final Store store;
    private final RunLock lock;
    private final Emitter emitter;
    private final BooleanSupplier stop;
    private final Map<String, Path> results = new LinkedHashMap<>();
    private final Map<String, String> keys = new LinkedHashMap<>();
    private final List<Event.StageFailed> failures = new ArrayList<>();

    private Runner(Plan plan, Registry registry, Path runs, RunLock lock, Emitter emitter, BooleanSupplier stop) {
        this.plan = plan;
        this.registry = registry;
        this.store = new Store(runs.resolve("store"));
        this.lock = lock;
        this.emitter = emitter;
        this.stop = stop;
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
     * Runs a plan to its end.
     *
     * @param runs folder of all runs and of the store
     * @param listeners what follows it, beside the log
     * @param stop true once the user wants to stop
     * @throws IOException if the run's folder cannot be written
     */
    public static Ending run(Plan plan, Registry registry, Path runs, List<EventSink> listeners, BooleanSupplier stop) throws IOException {
        try (RunLock lock = RunLock.resumeOrCreate(runs, plan.experiment()); EventLog log = new EventLog(lock.folder().path())) {
            Files.writeString(lock.folder().path().resolve(RunFolder.RESOLVED), YamlWriter.write(plan.resolved()));
            return new Runner(plan, registry, runs, lock, new Emitter(lock.folder().path(), log, listeners), stop).run();
        }
    }

    private Ending run() throws IOException {
        long started = System.nanoTime();
        List<Event.Cell> cells = plan.variants().stream().map(v -> new Event.Cell(v.cell(), v.name(), v.seed(), v.model().parameterCount())).toList();
        emitter.emit(new Event.RunStarted(lock.folder().name(), plan.experiment().name(), cells,
                plan.experiment().stages().stream().map(Choice::id).toList(), lock.resumed()));
        boolean stopped = false;
        try {
            for (Choice<Stage<?>> stage : plan.experiment().stages()) {
                Provenance.write(lock.folder(), plan, registry, keys); // so far: the report, a stage itself, shows it
                runEverywhere(stage);
            }
        } catch (CancellationException e) {
            stopped = true;
        }
        Provenance.write(lock.folder(), plan, registry, keys);
        String status = stopped ? "stopped" : failures.isEmpty() ? "done" : "failed";
        emitter.emit(new Event.RunFinished(status, (System.nanoTime() - started) / 1e9));
        return new Ending(lock.folder(), status, List.copyOf(failures));
    }

    private void runEverywhere(Choice<Stage<?>> stage) throws IOException {
        switch (stage.extension().scope()) {
            case RUN -> runOnce(stage, "", plan.variants());
            case CELL -> {
                for (Variant variant : plan.variants()) {
                    runOnce(stage, variant.cell(), List.of(variant));
                }
            }
        }
    }

    private void runOnce(Choice<Stage<?>> stage, String cell, List<Variant> variants) throws IOException {
        if (stop.getAsBoolean()) {
            throw new CancellationException("stopped before stage " + stage.id());
        }
        Map<String, String> inputs = new LinkedHashMap<>();
        for (String need : stage.extension().needs()) {
            for (String name : inputNames(need, variants)) {
                if (!results.containsKey(name)) {
                    return; // what it needs has failed, which was told there
                }
                inputs.put(name, keys.get(name));
            }
        }
        var planned = new RunContext(plan, lock.folder().path(), registry, variants, Path.of(""), Path.of(""), results, emitter, stop);
        long started = System.nanoTime();
        try {
            String key = StageKey.of(stage, planned, inputs);
            Runnable waiting = () -> emitter.emit(new Event.Message("info", "another process works on " + stage.id() + " of the same models; waiting for it"));
            try (Store.Claim claim = store.claim(stage.id(), key, waiting)) {
                Path result = store.find(stage.id(), key).orElse(null);
                if (result == null) {
                    emitter.emit(new Event.StageStarted(cell, stage.id()));
                    var context = new RunContext(plan, lock.folder().path(), registry, variants, claim.output(), claim.scratch(), results, emitter, stop);
                    execute(stage, context);
                    result = claim.publish(context.output());
                    emitter.emit(new Event.StageFinished(cell, stage.id(), (System.nanoTime() - started) / 1e9));
                } else {
                    emitter.emit(new Event.StageCached(cell, stage.id(), key));
                }
                keys.put(RunContext.name(cell, stage.id()), key);
                results.put(RunContext.name(cell, stage.id()), result);
                link(lock.folder().result(cell, stage.id()), result);
            }
        } catch (CancellationException e) {
            throw e;
        } catch (IOException | RuntimeException | LinkageError | OutOfMemoryError e) {
            fail(cell, stage.id(), e);
        }
    }

    private List<String> inputNames(String need, List<Variant> variants) {
        boolean once = plan.experiment().stages().stream().anyMatch(s -> s.id().equals(need) && s.extension().scope() == Stage.Scope.RUN);
        return once ? List.of(need) : variants.stream().map(v -> RunContext.name(v.cell(), need)).toList();
    }

    private static <O extends Record> void execute(Choice<Stage<?>> choice, RunContext context) throws IOException {
        @SuppressWarnings("unchecked")
        var stage = (Stage<O>) choice.extension();
        stage.run(stage.optionsType().cast(choice.options()), context);
    }

    private void fail(String cell, String stage, Throwable failure) throws IOException {
        String message = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        Path traces = Files.createDirectories(lock.folder().path().resolve("failures"));
        Path trace = traces.resolve((cell.isEmpty() ? "" : cell + "-") + stage + ".txt");
        try (var writer = new java.io.PrintWriter(Files.newBufferedWriter(trace))) {
            failure.printStackTrace(writer);
        }
        var failed = new Event.StageFailed(cell, stage, message);
        failures.add(failed);
        emitter.emit(failed);
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
