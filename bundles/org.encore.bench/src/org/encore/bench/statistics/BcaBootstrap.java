package org.encore.bench.statistics;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * A score of examples with its bias-corrected and accelerated bootstrap interval (Efron 1987, Better bootstrap confidence intervals, JASA 82; Efron
 * and Tibshirani 1993, An introduction to the bootstrap, equations 14.9, 14.10, 14.14 and 14.15): for claims about given models, whose unit is the
 * example. Resampling is fixed by its seed.
 *
 * <p>There is an interval from twenty examples on. Simulated with 200 to 4000 examples and error rates of 0.2 to 0.6, it holds the truth 94 to 96
 * times in 100. Of two systems that rarely disagree, disagreements count: with 13 of them in 200 examples it excludes a difference of zero 6.6
 * times in 100 though there is none, with 32 or more 5 times. A score that is the same in all resamples (no error at all) has an interval of no width: these examples cannot tell more, which does not mean that there is no more.
 */
public final class BcaBootstrap implements Uncertain {

    /** Fewer examples have no interval. */
    public static final int FEWEST = 20;
    /**
     * Resamples for a reported interval: its ends then move by about 1 % of its width from seed to seed. With 12,000 examples of ten numbers each
     * they take 3 s, for a difference 5 s (measured on two busy cores, one thread).
     */
    public static final int RESAMPLES = 10_000;
    /** Scores that are closer than this share of their range are equal but for rounding. */
    private static final double ROUNDING = 1e-9;

    private final double value;
    private final int count;
    private final double[] resampled;   // sorted; empty if there are too few examples
    private final double bias;          // z0
    private final double acceleration;  // a

    private BcaBootstrap(double value, int count, double[] resampled, double acceleration) {
        this.value = value;
        this.count = count;
        this.resampled = resampled;
        this.acceleration = acceleration;
        Arrays.sort(resampled);
        this.bias = bias(value, resampled);
    }

    /**
     * The score of a system.
     *
     * @param contributions of its outputs
     * @param score of sums of contributions
     * @param resamples {@link #RESAMPLES} for what is reported
     * @param seed of the resampling
     */
    public static BcaBootstrap ofScore(Contributions contributions, ToDoubleFunction<double[]> score, int resamples, long seed) {
        double[] sums = contributions.sums();
        int n = contributions.examples();
        if (n < FEWEST) {
            return of(score.applyAsDouble(sums), n, new double[0], new double[0]);
        }
        var left = new double[n];
        Arrays.setAll(left, i -> score.applyAsDouble(contributions.without(i, sums)));
        var random = new SplittableRandom(seed);
        var resampled = new double[resamples];
        var drawn = new double[contributions.width()];
        for (int r = 0; r < resamples; r++) {
            Arrays.fill(drawn, 0);
            for (int i = 0; i < n; i++) {
                contributions.add(random.nextInt(n), drawn);
            }
            resampled[r] = score.applyAsDouble(drawn.clone());
        }
        return of(score.applyAsDouble(sums), n, resampled, left);
    }

    /**
     * The score of one system less that of another on the same examples, resampled together.
     *
     * @param first contributions of the one system
     * @param second of the other to the same examples in the same order
     * @param score of sums of contributions of one system
     * @param resamples {@link #RESAMPLES} for what is reported
     * @param seed of the resampling
     */
    public static BcaBootstrap ofDifference(Contributions first, Contributions second, ToDoubleFunction<double[]> score, int resamples, long seed) {
        int middle = first.width();
        return ofScore(Contributions.besides(first, second), sums -> score.applyAsDouble(Arrays.copyOf(sums, middle))
                - score.applyAsDouble(Arrays.copyOfRange(sums, middle, sums.length)), resamples, seed);
    }

    /**
     * The mean of values; of differences in pairs, their mean difference.
     *
     * @param values one for each example
     * @param resamples {@link #RESAMPLES} for what is reported
     * @param seed of the resampling
     */
    public static BcaBootstrap ofMean(double[] values, int resamples, long seed) {
        double[][] rows = Arrays.stream(values).mapToObj(value -> new double[] {value, 1}).toArray(double[][]::new);
        return ofScore(Contributions.of(rows), sums -> sums[0] / sums[1], resamples, seed);
    }

    /**
     * The method itself, for scores that are resampled elsewhere.
     *
     * @param value score of the sample
     * @param count size of the sample
     * @param resampled scores of resamples
     * @param left scores of the sample without one example each: the jackknife
     */
    public static BcaBootstrap of(double value, int count, double[] resampled, double[] left) {
        double mean = Arrays.stream(left).average().orElse(0);
        double squares = Arrays.stream(left).map(x -> (mean - x) * (mean - x)).sum();
        double cubes = Arrays.stream(left).map(x -> Math.pow(mean - x, 3)).sum();
        return new BcaBootstrap(value, count, resampled.clone(), squares == 0 ? 0 : cubes / (6 * Math.pow(squares, 1.5)));
    }

    /** Equation 14.14; of resamples equal to the value one half counts as below, or a score with few possible values would seem biased. */
    private static double bias(double value, double[] sorted) {
        if (!Values.haveQuantiles(sorted)) {
            return 0;
        }
        double rounding = ROUNDING * (sorted[sorted.length - 1] - sorted[0]);
        long below = Arrays.stream(sorted).filter(x -> x < value - rounding).count();
        long equal = Arrays.stream(sorted).filter(x -> Math.abs(x - value) <= rounding).count();
        return NormalDistribution.of(0, 1).inverseCumulativeProbability((below + equal / 2.0) / sorted.length);
    }

    @Override
    public double value() {
        return value;
    }

    @Override
    public int count() {
        return count;
    }

    /** None with too few examples; none if all resamples lie on one side of the value or one has no score: then the method has no answer. */
    @Override
    public Interval interval(double confidence) {
        Interval none = Interval.none(confidence);
        if (count < FEWEST || !Values.haveQuantiles(resampled) || !Double.isFinite(bias)) {
            return none;
        }
        return new Interval(Values.quantile(resampled, corrected(none.tail())), Values.quantile(resampled, corrected(1 - none.tail())), confidence);
    }

    /** Equation 14.10: the share of resamples that stands for a share of the distribution. */
    private double corrected(double share) {
        NormalDistribution normal = NormalDistribution.of(0, 1);
        double z = bias + normal.inverseCumulativeProbability(share);
        return normal.cumulativeProbability(bias + z / (1 - acceleration * z));
    }
}
