package org.encore.plugins.tests.guest;

import org.encore.api.option.Option;
import org.encore.api.training.Schedule;

/** Falls in steps. Its package is not exported, as bnd leaves it. */
public final class Steps implements Schedule<Steps.Options> {

    /** @param falls how often */
    public record Options(@Option(value = "3", help = "how often it falls") int falls) {
        public Options {
            if (falls < 0) {
                throw new IllegalArgumentException("falls " + falls + ": give 0 at least");
            }
        }
    }

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    public double factor(Options options, long step, long steps) {
        return Math.pow(0.5, Math.floor((double) step / steps * (options.falls() + 1)));
    }
}
