package org.encore.compare.rule;

import java.util.List;

import org.encore.compare.Contrast;
import org.encore.compare.finding.Finding;
import org.encore.compare.finding.Finding.Severity;

/** One seed: about models, not architectures. */
final class OneSeed implements Rule {

    @Override
    public List<Finding> check(Evidence evidence) {
        boolean one = evidence.contrasts().stream().anyMatch(c -> c.subject() == Contrast.Subject.QUALITY && c.basis() == Contrast.Basis.EXAMPLES);
        return !one ? List.of() : List.of(new Finding("one-seed", Severity.WARNING,
                "n = 1 seed: differences in quality are between these two models, not their architectures",
                "The same architecture trained with another seed gives another model, often as different as two architectures are. Intervals over examples "
                + "do not contain that.",
                "Use several: seeds: [1..6] is the least that can be significant at 5 %, [1..8] is better"));
    }
}
