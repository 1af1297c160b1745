package org.encore.objectives;

import org.encore.api.option.Option;
import org.encore.api.training.Schedule;

/** Warm-up, a constant part, then a straight line to 0 (Hu et al. 2024, arXiv 2404.06395). */
public final class StableSchedule implements Schedule<StableSchedule.Options> {

    /**
     * @param warmup share of all steps
     * @param decay share of all steps
     */
    public record Options(@Option(value = "0.02", help = "share of all steps in which the rate rises") double warmup,
            @Option(value = "0.2", help = "share of all steps, the last ones, in which the rate falls to 0") double decay) {
        public Options {
            Warmup.check("warmup", warmup);
            Warmup.check("decay", decay);
            if (warmup + decay > 1) {
                throw new IllegalArgumentException("warmup " + warmup + " and decay " + decay + " are more than the whole training;"
                        + " make their sum at most 1");
            }
        }
    }

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    public double factor(Options o, long step, long steps) {
        return Warmup.factor(o.warmup(), step, steps) * (1 - Warmup.position(1 - o.decay(), step, steps));
    }
}
