package org.encore.bench.statistics;

import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * The exact test of two given models by right or wrong answers to the same examples (McNemar 1947, Note on the sampling error of the difference
 * between correlated proportions, Psychometrika 12; in its exact, binomial form): among examples that one of them alone answers rightly, either is
 * as likely to be that one.
 *
 * @param onlyFirst examples that only the first model answers rightly
 * @param onlySecond that only the second does
 * @param p two-sided: twice the smaller tail, at most 1
 * @param floor the smallest p that so many disagreements can reach
 * @param count all examples
 */
public record McNemarTest(int onlyFirst, int onlySecond, double p, double floor, int count) {

    /**
     * The test of answers.
     *
     * @param first whether the one model is right, for each example
     * @param second whether the other is, in the same order
     */
    public static McNemarTest of(boolean[] first, boolean[] second) {
        Values.samePairs(first.length, second.length);
        int onlyFirst = 0;
        int onlySecond = 0;
        for (int i = 0; i < first.length; i++) {
            onlyFirst += first[i] && !second[i] ? 1 : 0;
            onlySecond += second[i] && !first[i] ? 1 : 0;
        }
        return of(onlyFirst, onlySecond, first.length);
    }

    /** The test of counts of disagreements among so many examples. */
    public static McNemarTest of(int onlyFirst, int onlySecond, int count) {
        int disagreements = onlyFirst + onlySecond;
        if (onlyFirst < 0 || onlySecond < 0 || disagreements > count) {
            throw new IllegalArgumentException(onlyFirst + " and " + onlySecond + " disagreements in " + count + " examples");
        }
        double tail = BinomialDistribution.of(disagreements, 0.5).cumulativeProbability(Math.min(onlyFirst, onlySecond));
        return new McNemarTest(onlyFirst, onlySecond, Math.min(1, 2 * tail), Math.min(1, 2 * Math.pow(0.5, disagreements)), count);
    }
}
