package org.encore.tasks.metric;

import java.util.List;

import org.encore.api.task.Metric;
import org.encore.api.task.TaskData;

/**
 * chrF2 of the corpus, from 0 to 100, as sacreBLEU computes it unless told otherwise (nrefs:1, case:mixed, eff:yes, nc:6, nw:0, space:no): precision
 * and recall of n-grams of 1 to 6 letters, white space left out, averaged over the orders that both sides have, then joined with recall weighing
 * twice (Popovic 2015, equation 1, beta = 2). Of several references the one with the best score for that output counts.
 */
public final class ChrF implements Metric {

    private static final int ORDERS = 6;
    private static final double BETA_SQUARED = 4;

    @Override
    public String unit() {
        return "points";
    }

    @Override
    public boolean lowerIsBetter() {
        return false;
    }

    /** For n-grams of each length from 1: how many the output has, the reference has, and both share. */
    @Override
    public double[] statistics(String output, TaskData.Example example) {
        List<String> letters = Words.letters(output);
        double[] best = null;
        for (String reference : example.references()) {
            double[] next = statistics(letters, Words.letters(reference));
            if (best == null || score(next) > score(best)) {
                best = next;
            }
        }
        return java.util.Objects.requireNonNull(best, "an example has a reference");
    }

    private static double[] statistics(List<String> output, List<String> reference) {
        var statistics = new double[3 * ORDERS];
        for (int n = 1; n <= ORDERS; n++) {
            Ngrams given = Ngrams.of(output, n);
            Ngrams right = Ngrams.of(reference, n);
            statistics[3 * n - 3] = right.total() == 0 ? 0 : given.total();
            statistics[3 * n - 2] = right.total();
            statistics[3 * n - 1] = given.shared(right);
        }
        return statistics;
    }

    @Override
    public double score(double[] sums) {
        double precision = 0;
        double recall = 0;
        int orders = 0;
        for (int i = 0; i < sums.length; i += 3) {
            if (sums[i] > 0 && sums[i + 1] > 0) {
                precision += sums[i + 2] / sums[i];
                recall += sums[i + 2] / sums[i + 1];
                orders++;
            }
        }
        // the number of orders cancels out once in the quotient
        return precision + recall == 0 ? 0 : 100 * (1 + BETA_SQUARED) * precision * recall / (BETA_SQUARED * precision + recall) / orders;
    }
}
