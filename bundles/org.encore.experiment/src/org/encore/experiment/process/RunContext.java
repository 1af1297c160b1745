package org.encore.experiment.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

import org.encore.api.extension.Registry;
import org.encore.api.run.Event;
import org.encore.api.run.StageContext;
import org.encore.api.task.TaskData;
import org.encore.experiment.plan.Plan;

/**
 * What one execution of a stage sees.
 *
 * @param results finished results by {@link #name}
 */
record RunContext(Plan plan, Path runFolder, Registry registry, List<Variant> variants, Path output, Path scratch, Map<String, Path> results,
        Emitter emitter, BooleanSupplier stop) implements StageContext {

    /** Under which a result is known inside a run; {@code cell} is empty for a stage over the whole run. */
    static String name(String cell, String stage) {
        return cell.isEmpty() ? stage : cell + "/" + stage;
    }

    @Override
    public Path input(String stage, Variant variant) {
        Path ofRun = results.get(name("", stage));
        Path found = ofRun != null ? ofRun : results.get(name(variant.cell(), stage));
        if (found == null) {
            throw new IllegalStateException("no result of stage " + stage + " for " + variant.cell() + "; the stage must name it in needs()");
        }
        return found;
    }

    @Override
    public TaskData data() {
        return plan.data();
    }

    @Override
    public int threads() {
        return plan.experiment().threads();
    }

    @Override
    public void emit(Event event) {
        emitter.emit(event);
    }

    @Override
    public boolean cancelled() {
        return stop.getAsBoolean();
    }
}
