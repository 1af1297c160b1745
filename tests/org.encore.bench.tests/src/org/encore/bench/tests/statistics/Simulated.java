package org.encore.bench.tests.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

import org.encore.bench.statistics.Contributions;
import org.encore.bench.statistics.Uncertain;

/** Synthetic data that resemble measured ones, and shares of many samples of them. Seeds are fixed. */
final class Simulated {

    static final ToDoubleFunction<double[]> MEAN = sums -> sums[0] / sums[1];

    private Simulated() {}

    /** How often something is said of a sample. */
    static <T> double share(int samples, Function<Random, T> draw, Predicate<T> said) {
        var random = new Random(1);
        int count = 0;
        for (int i = 0; i < samples; i++) {
            count += said.test(draw.apply(random)) ? 1 : 0;
        }
        return (double) count / samples;
    }

    /** How often the 95 % interval holds the truth. */
    static double coverage(int samples, double truth, Function<Random, Uncertain> draw) {
        return share(samples, draw, uncertain -> uncertain.interval(0.95).contains(truth));
    }

    /**
     * A false alarm may come 5 times in 100. Of so many samples that share has a standard error of sqrt(0.05 x 0.95 / samples): 0.5 points for
     * 2000, 0.15 for 20,000. Some thirty shares are checked, so the limit is three of them above: a method that keeps the 5 % exceeds it once in
     * 700.
     */
    static void assertRare(String what, double share, int samples) {
        assertThat(share).as(what).isLessThanOrEqualTo(0.05 + 3 * Math.sqrt(0.05 * 0.95 / samples));
    }

    /** One difference for each seed: normal. */
    static double[] normal(int n, Random random) {
        return fill(n, random::nextGaussian);
    }

    /** Skewness 1, mean 0: gamma of shape 4. */
    static double[] skewed(int n, Random random) {
        return fill(n, () -> -Math.log(random.nextDouble() * random.nextDouble() * random.nextDouble() * random.nextDouble()) - 4);
    }

    /** Skewness 2, mean 0: exponential. */
    static double[] verySkewed(int n, Random random) {
        return fill(n, () -> -Math.log(1 - random.nextDouble()) - 1);
    }

    /** Times of one model: log-normal about 1, and one in twenty is four times as long. */
    static double[] times(int n, Random random) {
        return fill(n, () -> Math.exp(0.1 * random.nextGaussian()) * (random.nextInt(20) == 0 ? 4 : 1));
    }

    /** Logarithms of ratios of times: what both models of a pair have in common is gone. */
    static double[] logRatios(int n, Random random) {
        double[] a = times(n, random);
        double[] b = times(n, random);
        Arrays.setAll(a, i -> Math.log(a[i] / b[i]));
        return a;
    }

    /**
     * Errors, 1 or 0, of two systems with the same rate, whose examples are partly hard for both.
     *
     * @param rate of errors
     * @param common share of examples on which the second system does what the first does
     */
    static double[][] errors(int examples, double rate, double common, Random random) {
        double[] first = fill(examples, () -> random.nextDouble() < rate ? 1 : 0);
        double[] second = fill(examples, () -> random.nextDouble() < rate ? 1 : 0);
        Arrays.setAll(second, i -> random.nextDouble() < common ? first[i] : second[i]);
        return new double[][] {first, second};
    }

    static Contributions contributions(double[] values) {
        return Contributions.of(Arrays.stream(values).mapToObj(value -> new double[] {value, 1}).toArray(double[][]::new));
    }

    static double[] fill(int n, DoubleSupplier value) {
        var values = new double[n];
        Arrays.setAll(values, i -> value.getAsDouble());
        return values;
    }
}
