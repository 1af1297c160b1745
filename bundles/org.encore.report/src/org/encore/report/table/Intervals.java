package org.encore.report.table;

import java.util.Locale;

import org.encore.experiment.result.BenchmarkSummary.Estimate;

/** Medians with their intervals as text. With too few values there is no interval, which is said instead of printing an infinite one. */
public final class Intervals {

    private Intervals() {}

    /** Whether there is an interval at all: below six values the true median may lie anywhere. */
    public static boolean bounded(Estimate estimate) {
        return Double.isFinite(estimate.low()) && Double.isFinite(estimate.high());
    }

    /** Such as {@code 1.231 [1.204, 1.262]}. */
    public static String of(Estimate estimate, int decimals) {
        String number = "%." + decimals + "f";
        if (!Double.isFinite(estimate.median())) {
            return ResultTable.NOTHING;
        }
        return bounded(estimate) ? String.format(Locale.ROOT, number + " [" + number + ", " + number + "]", estimate.median(), estimate.low(),
                estimate.high())
                : String.format(Locale.ROOT, number + " [too few]", estimate.median());
    }
}
