package org.encore.experiment.job;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.encore.api.extension.Registry;
import org.encore.api.run.Stage;

/** How much work jobs are, as their stages state it; asked once for jobs that differ in their seed alone. */
public final class Effort {

    private final Registry registry;
    private final Map<Object, Double> known = new HashMap<>();

    public Effort(Registry registry) {
        this.registry = registry;
    }

    /** Floating-point operations, roughly; 0 for what is over in a moment. */
    public synchronized double of(Job job) {
        var key = List.of(System.identityHashCode(job.stage()), job.cells().stream().map(cell -> cell.modelHash() + cell.corpus().id()).toList());
        return known.computeIfAbsent(key, k -> ask(job));
    }

    private <O extends Record> double ask(Job job) {
        @SuppressWarnings("unchecked")
        var stage = (Stage<O>) job.stage().extension();
        return stage.work(stage.optionsType().cast(job.stage().options()), JobContext.planned(job, registry));
    }
}
