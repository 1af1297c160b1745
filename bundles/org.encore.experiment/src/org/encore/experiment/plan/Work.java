package org.encore.experiment.plan;

import java.util.List;

import org.encore.api.run.StageContext;
import org.encore.api.run.StageContext.Variant;
import org.encore.api.task.TaskData;
import org.encore.cost.Convention;
import org.encore.cost.Cost;

/** How much work a model does on its data, roughly: for estimates of time. */
public final class Work {

    private static final int SAMPLE = 64;

    private Work() {}

    /** Floating-point operations of a forward pass for each token of source and target, at the mean lengths of the training pairs. */
    public static double perToken(StageContext context) {
        List<TaskData.Pair> pairs = context.data().train();
        double source = 0;
        double target = 0;
        int step = Math.max(1, pairs.size() / SAMPLE);
        int count = 0;
        for (int i = 0; i < pairs.size(); i += step) {
            source += context.tokenizer().encodeSource(pairs.get(i).source()).length;
            target += context.tokenizer().encodeTarget(pairs.get(i).target()).length + 1;
            count++;
        }
        int meanSource = (int) Math.max(1, source / count);
        int meanTarget = (int) Math.max(1, target / count);
        return flops(context.variant(), meanSource, meanTarget) / (meanSource + meanTarget);
    }

    /** Floating-point operations to read a source and write a target. */
    public static double flops(Variant variant, int source, int target) {
        return Cost.flops(variant.model(), Convention.PAPER, source, target);
    }
}
