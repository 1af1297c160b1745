package org.encore.objectives;

import org.encore.api.option.Option;
import org.encore.api.training.Schedule;

/** Warm-up, then half a cosine wave down to a floor (Loshchilov and Hutter 2017, arXiv 1608.03983, without restarts). */
public final class CosineSchedule implements Schedule<CosineSchedule.Options> {

    /**
     * @param warmup share of all steps
     * @param floor share of the peak at the end
     */
    public record Options(@Option(value = "0.02", help = "share of all steps in which the rate rises") double warmup,
            @Option(value = "0.1", help = "share of the peak that is left at the last step") double floor) {
        public Options {
            Warmup.check("warmup", warmup);
            Warmup.check("floor", floor);
        }
    }

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    public double factor(Options o, long step, long steps) {
        double wave = (1 + Math.cos(Math.PI * Warmup.position(o.warmup(), step, steps))) / 2;
        return Warmup.factor(o.warmup(), step, steps) * (o.floor() + (1 - o.floor()) * wave);
    }
}
