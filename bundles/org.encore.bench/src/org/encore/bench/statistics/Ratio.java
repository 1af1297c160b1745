package org.encore.bench.statistics;

/**
 * How many times larger one thing is than another, in pairs: computed with logarithms of the ratios, so that the other way round it is turned over.
 *
 * @param logs of which this is the exponential; verdicts are made of it, with a margin that is a logarithm too
 */
public record Ratio(Uncertain logs) implements Uncertain {

    /**
     * The {@link Median} of the ratios of pairs, with its interval; at least six pairs have one.
     *
     * @param first such as the times of one model
     * @param second positive too; of the other model in the same repeats
     */
    public static Ratio ofPairs(double[] first, double[] second) {
        return new Ratio(Median.of(logs(first, second)));
    }

    private static double[] logs(double[] first, double[] second) {
        Values.samePairs(first.length, second.length);
        var logs = new double[first.length];
        for (int i = 0; i < logs.length; i++) {
            if (!(first[i] > 0 && second[i] > 0)) {
                throw new IllegalArgumentException("pair " + i + " is " + first[i] + " and " + second[i] + ": only positive values have a ratio");
            }
            logs[i] = Math.log(first[i] / second[i]);
        }
        return logs;
    }

    @Override
    public double value() {
        return Math.exp(logs.value());
    }

    @Override
    public int count() {
        return logs.count();
    }

    /** From 0 to infinity where there is none. */
    @Override
    public Interval interval(double confidence) {
        return logs.interval(confidence).map(Math::exp);
    }
}
