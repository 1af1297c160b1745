package org.encore.experiment.plan;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalDouble;

import org.encore.api.run.StageContext;
import org.encore.api.run.StageContext.Variant;
import org.encore.api.task.TaskData;
import org.encore.api.task.Tokenizer;
import org.encore.cost.Convention;
import org.encore.cost.Cost;
import org.encore.graph.Model;

/** How much work a model does on its data, roughly: for estimates of time. */
public final class Work {

    private static final int SAMPLE = 64;
    private static final int REMEMBERED = 64;
    private static final Deque<Known> KNOWN = new ArrayDeque<>();

    private record Known(Model model, TaskData data, double flops) {}

    private Work() {}

    /**
     * Floating-point operations of a forward pass for each token of source and target, at the mean lengths of the training pairs. The last models are
     * remembered: a plan asks for each many times.
     */
    public static double perToken(StageContext context) {
        Model model = context.variant().model();
        TaskData data = context.data();
        OptionalDouble known = known(model, data);
        if (known.isPresent()) {
            return known.getAsDouble();
        }
        // beside others, of other models
        double flops = count(model, data.train(), context.tokenizer());
        remember(new Known(model, data, flops));
        return flops;
    }

    private static synchronized OptionalDouble known(Model model, TaskData data) {
        return KNOWN.stream().filter(known -> known.model() == model && known.data() == data).mapToDouble(Known::flops).findFirst();
    }

    private static synchronized void remember(Known known) {
        KNOWN.addFirst(known);
        if (KNOWN.size() > REMEMBERED) {
            KNOWN.removeLast();
        }
    }

    /** As {@link #perToken(StageContext)}, of a model that is no variant. */
    public static double count(Model model, List<TaskData.Pair> pairs, Tokenizer tokenizer) {
        double source = 0;
        double target = 0;
        int step = Math.max(1, pairs.size() / SAMPLE);
        int count = 0;
        for (int i = 0; i < pairs.size(); i += step) {
            source += tokenizer.encodeSource(pairs.get(i).source()).length;
            target += tokenizer.encodeTarget(pairs.get(i).target()).length + 1;
            count++;
        }
        int meanSource = (int) Math.max(1, source / count);
        int meanTarget = (int) Math.max(1, target / count);
        return Cost.flops(model, Convention.PAPER, meanSource, meanTarget) / (double) (meanSource + meanTarget);
    }

    /** Floating-point operations to read a source and write a target. */
    public static double flops(Variant variant, int source, int target) {
        return Cost.flops(variant.model(), Convention.PAPER, source, target);
    }
}
