package org.encore.compare.rule;

import java.util.List;
import java.util.Locale;

import org.encore.compare.Contrast;
import org.encore.compare.finding.Finding;
import org.encore.compare.finding.Finding.Severity;

/** The exact test of fewer than six pairs cannot reach 5 %. */
final class FewSeeds implements Rule {

    private static final double LEVEL = 0.05;

    @Override
    public List<Finding> check(Evidence evidence) {
        return evidence.contrasts().stream().filter(c -> c.primary() && c.floor() != null && c.floor() > LEVEL).limit(1).map(FewSeeds::finding).toList();
    }

    private static Finding finding(Contrast c) {
        return new Finding("few-seeds", Severity.WARNING,
                String.format(Locale.ROOT, "%d seeds can reach no p below %.3g in the test of the question", c.count(), c.floor()),
                "The exact sign-flip test counts how many of the 2^n assignments of signs are at least as extreme; with n = 5 the smallest p is 2/32 = 0.0625.",
                "Use six seeds or more: seeds: [1..6]");
    }
}
