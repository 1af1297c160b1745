package org.encore.compare.rule;

import java.util.List;
import java.util.Locale;

import org.encore.compare.Contrast;
import org.encore.compare.finding.Finding;
import org.encore.compare.finding.Finding.Severity;

/** A question without an answer, and how many seeds would probably give one. */
final class Undecided implements Rule {

    private static final int MOST = 1000;

    @Override
    public List<Finding> check(Evidence evidence) {
        return evidence.contrasts().stream().filter(c -> c.primary() && !c.decided()).limit(1).map(Undecided::finding).toList();
    }

    private static Finding finding(Contrast c) {
        long seeds = wanted(c);
        return new Finding("undecided", Severity.NOTE, "the question is not answered: the interval holds both no difference and one that matters",
                "Inconclusive is not the same as equal. The width of the interval shrinks with the root of the number of seeds.",
                c.basis() != Contrast.Basis.SEEDS || c.low() == null ? "Use several seeds: seeds: [1..8]"
                        : seeds > MOST ? "So many seeds would be needed that the margin should be thought over"
                                : String.format(Locale.ROOT, "About %d seeds would make the interval narrower than the margin, if they spread like these", seeds));
    }

    /** Half width h at n seeds is about h sqrt(n / m) at m. */
    private static long wanted(Contrast c) {
        if (c.low() == null || c.high() == null || c.margin() == 0) {
            return MOST + 1L;
        }
        double half = (c.high() - c.low()) / 2;
        return Math.max(c.count() + 1L, Math.round(c.count() * Math.pow(half / c.margin(), 2)));
    }
}
