package org.encore.objectives;

import org.encore.api.option.Option;
import org.encore.api.training.Schedule;

/** Warm-up, then the peak to the end. */
public final class ConstantSchedule implements Schedule<ConstantSchedule.Options> {

    /** @param warmup share of all steps */
    public record Options(@Option(value = "0.02", help = "share of all steps in which the rate rises") double warmup) {
        public Options {
            Warmup.check("warmup", warmup);
        }
    }

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    public double factor(Options o, long step, long steps) {
        return Warmup.factor(o.warmup(), step, steps);
    }
}
