package org.encore.experiment.job;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import org.encore.api.extension.Registry;
import org.encore.api.run.Event;
import org.encore.api.run.Stage;
import org.encore.api.run.StageContext;
import org.encore.api.task.TaskData;
import org.encore.api.task.Tokenizer;
import org.encore.experiment.plan.Cell;
import org.encore.experiment.plan.Corpus;
import org.encore.experiment.plan.Node;

/** What a stage sees of its job. */
public record JobContext(Job job, Path output, Path scratch, Registry registry, Consumer<Event> events,
        BooleanSupplier stop) implements StageContext {

    private static final Path NOWHERE = Path.of("");

    /** Before the work: for keys and estimates, which read nothing but the description. */
    public static JobContext planned(Job job, Registry registry) {
        return new JobContext(job, NOWHERE, NOWHERE, registry, event -> { }, () -> false);
    }

    @Override
    public List<Variant> variants() {
        return job.cells().stream().map(Cell::variant).toList();
    }

    @Override
    public Path input(String stage, Variant variant) {
        return found(stage, variant).orElseThrow(() -> new IllegalStateException("no result of stage " + stage + " for " + variant.cell()
                + "; stage " + job.stage().id() + " must name it in needs()"));
    }

    @Override
    public Optional<Path> found(String stage, Variant variant) {
        return Optional.ofNullable(job.inputs().getOrDefault(variant.cell(), Map.of()).get(stage));
    }

    @Override
    public Path input(String stage) {
        if (job.stage().extension().scope() == Stage.Scope.CELL) {
            return input(stage, variant());
        }
        Path found = job.inputs().getOrDefault(Node.GROUP, Map.of()).get(stage);
        if (found == null) {
            throw new IllegalStateException("no result of stage " + stage + " for the group; stage " + job.stage().id() + " must name it in needs()");
        }
        return found;
    }

    private Corpus corpus() {
        return job.corpus().orElseThrow(() -> new IllegalStateException("stage " + job.stage().id()
                + " is over the whole run, which has no single data set"));
    }

    @Override
    public TaskData data() {
        return corpus().data();
    }

    @Override
    public Tokenizer tokenizer() {
        return corpus().tokenizer();
    }

    @Override
    public Path runFolder() {
        return job.runFolder();
    }

    @Override
    public int threads() {
        return job.threads();
    }

    @Override
    public void emit(Event event) {
        events.accept(event);
    }

    @Override
    public boolean cancelled() {
        return stop.getAsBoolean();
    }
}
