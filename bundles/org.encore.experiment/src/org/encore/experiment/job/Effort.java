package org.encore.experiment.job;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.encore.api.extension.Registry;
import org.encore.api.option.Choice;
import org.encore.api.run.Stage;

/** How much work jobs are, as their stages state it; asked once for jobs that differ in their seed alone. Several threads may ask at once. */
public final class Effort {

    private final Registry registry;
    /** Options are told apart by identity: comparing them, thousands of times, would take longer than asking. */
    private final Map<Choice<?>, Map<List<String>, Double>> known = Collections.synchronizedMap(new IdentityHashMap<>());

    public Effort(Registry registry) {
        this.registry = registry;
    }

    /** Floating-point operations, roughly; 0 for what is over in a moment. */
    public double of(Job job) {
        var of = new ArrayList<String>(2 * job.cells().size());
        job.cells().forEach(cell -> Collections.addAll(of, cell.modelHash(), cell.corpus().id()));
        return known.computeIfAbsent(job.stage(), stage -> new ConcurrentHashMap<>()).computeIfAbsent(of, k -> ask(job));
    }

    private <O extends Record> double ask(Job job) {
        @SuppressWarnings("unchecked")
        var stage = (Stage<O>) job.stage().extension();
        return stage.work(stage.optionsType().cast(job.stage().options()), JobContext.planned(job, registry));
    }
}
