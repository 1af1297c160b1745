package org.encore.experiment.job;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import org.encore.api.extension.Registry;
import org.encore.api.option.Choice;
import org.encore.api.run.Event;
import org.encore.api.run.Stage;
import org.encore.experiment.store.Store;

/** Does jobs in this process. Whoever does one holds its key: a second process that wants the same waits and then finds it done. */
public final class Execution {

    private final Registry registry;
    private final Consumer<Event> events;
    private final BooleanSupplier stop;

    public Execution(Registry registry, Consumer<Event> events, BooleanSupplier stop) {
        this.registry = registry;
        this.events = events;
        this.stop = stop;
    }

    /** Does a job, or finds that it is done; whatever goes wrong is told in the outcome. */
    public Outcome run(Job job) {
        var store = new Store(job.store());
        String stage = job.stage().id();
        Runnable waiting = () -> tell(stage + " of the same models is being done by another process; waiting for it");
        try (Store.Claim claim = store.claim(stage, job.key(), waiting, stop)) {
            Path result = store.find(stage, job.key()).orElse(null);
            if (result != null) {
                return new Outcome.Done(result, 0);
            }
            store.damage(stage, job.key())
                    .ifPresent(damage -> events.accept(new Event.Message("warning", "a result is damaged and is made anew: " + damage)));
            try (MachineLock turn = turn(job)) {
                return work(job, claim);
            }
        } catch (CancellationException e) {
            return new Outcome.Stopped();
        } catch (IOException | RuntimeException | LinkageError | OutOfMemoryError e) {
            return failed(e);
        }
    }

    /** Measurements are alone on the machine; other work is not disturbed by its like. */
    private MachineLock turn(Job job) throws IOException {
        Stage<?> stage = job.stage().extension();
        String what = (job.stage().id() + " " + job.label()).strip() + " of " + job.runFolder();
        return stage.measures() ? MachineLock.alone(what, this::tell, stop) : stage.isolated() ? MachineLock.shared(what, this::tell, stop) : MachineLock.NONE;
    }

    private Outcome work(Job job, Store.Claim claim) throws IOException {
        String stage = job.stage().id();
        events.accept(new Event.StageStarted(job.label(), stage));
        long begun = System.nanoTime();
        var context = new JobContext(job, claim.output(), claim.scratch(), registry, new Pace(events), stop);
        run(job.stage(), context);
        Path result = claim.publish(context.output());
        double seconds = Math.max(1e-9, (System.nanoTime() - begun) / 1e9);
        events.accept(new Event.StageFinished(job.label(), stage, seconds));
        return new Outcome.Done(result, seconds);
    }

    private static <O extends Record> void run(Choice<Stage<?>> choice, JobContext context) throws IOException {
        @SuppressWarnings("unchecked")
        var stage = (Stage<O>) choice.extension();
        stage.run(stage.optionsType().cast(choice.options()), context);
    }

    private static Outcome failed(Throwable failure) {
        var trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        return new Outcome.Failed(failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage(), trace.toString());
    }

    private void tell(String text) {
        events.accept(new Event.Message("info", text));
    }
}
