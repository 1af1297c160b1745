package org.encore.modelled.advice;

import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

import org.encore.experiment.result.BenchmarkSummary.Estimate;
import org.encore.modelled.ModelError;

/** What is known of how long a model takes, and of the memory that it needs: measured here, or modelled. The two are never mixed in one number. */
public sealed interface Times {

    /** Bytes of weights and caches. */
    double bytes();

    /** The first token: the value that speaks for it. */
    double firstMillis();

    /** Each later token: the value that speaks for it. */
    double laterMillis();

    /** A whole request: the value that speaks for it. */
    double requestMillis();

    /** A whole request with its interval, in words. */
    String request();

    /** A whole request, without saying much of it. */
    default String brief() {
        return number(requestMillis()) + " ms (" + switch (this) {
            case Measured measured -> String.format(Locale.ROOT, "[%s, %s], measured here", number(measured.whole().low()), number(measured.whole().high()));
            case Modelled modelled -> "modelled";
        } + ")";
    }

    /** The longest that limits must allow for: the upper ends of intervals. */
    Upper upper();

    /** Upper ends, in ms. */
    record Upper(double first, double later, double request) {}

    /**
     * Measured on this machine.
     *
     * @param run that measured it
     * @param pairs repeats behind it
     * @param disturbed whether the machine was disturbed throughout
     */
    record Measured(Estimate first, Estimate later, Estimate whole, double bytes, String run, int pairs, boolean disturbed) implements Times {

        @Override
        public double firstMillis() {
            return first.median();
        }

        @Override
        public double laterMillis() {
            return later.median();
        }

        @Override
        public double requestMillis() {
            return whole.median();
        }

        @Override
        public String request() {
            return String.format(Locale.ROOT, "%s ms [%s, %s], measured here", number(whole.median()), number(whole.low()), number(whole.high()));
        }

        @Override
        public Upper upper() {
            return new Upper(end(first), end(later), end(whole));
        }

        private static double end(Estimate estimate) {
            return Double.isFinite(estimate.high()) ? estimate.high() : estimate.median();
        }
    }

    /**
     * Modelled: a lower bound, and what it would be if the model were as far off as where it was checked on this machine.
     *
     * @param firstBound ms
     * @param laterBound ms, at its mean over the answer
     * @param generate tokens of the answer
     * @param firstError how far first tokens were off; empty if nothing was measured here
     * @param laterError how far later tokens were off
     */
    record Modelled(double firstBound, double laterBound, int generate, Optional<ModelError> firstError, Optional<ModelError> laterError, double bytes)
            implements Times {

        @Override
        public double firstMillis() {
            return firstBound / of(firstError, ModelError::factor);
        }

        @Override
        public double laterMillis() {
            return laterBound / of(laterError, ModelError::factor);
        }

        @Override
        public double requestMillis() {
            return firstMillis() + (generate - 1) * laterMillis();
        }

        @Override
        public String request() {
            double bound = firstBound + (generate - 1) * laterBound;
            return firstError.isEmpty() || laterError.isEmpty() ? "at least " + number(bound) + " ms, modelled (how far the model is off was never measured here)"
                    : String.format(Locale.ROOT, "%s ms [%s, %s], modelled: at least %s by the data, and so much longer if the model is as far off as here",
                            number(requestMillis()), number(whole(ModelError::high)), number(whole(ModelError::low)), number(bound));
        }

        @Override
        public Upper upper() {
            return new Upper(firstBound / of(firstError, ModelError::low), laterBound / of(laterError, ModelError::low), whole(ModelError::low));
        }

        private double whole(ToDoubleFunction<ModelError> which) {
            return firstBound / of(firstError, which) + (generate - 1) * laterBound / of(laterError, which);
        }

        private static double of(Optional<ModelError> error, ToDoubleFunction<ModelError> which) {
            return error.map(e -> which.applyAsDouble(e)).orElse(1.0);
        }
    }

    /** In ms, as one reads it. */
    static String number(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%,.0f", value);
    }
}
