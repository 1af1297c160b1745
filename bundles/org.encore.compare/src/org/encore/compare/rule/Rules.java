package org.encore.compare.rule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.encore.compare.Contrast;
import org.encore.compare.Question;
import org.encore.compare.finding.Finding;
import org.encore.experiment.result.RunResults;

/** All checks. */
public final class Rules {

    private static final List<Rule> ALL = List.of(new FailedCells(), new DifferentData(), new CutShort(), new Overfitted(), new OneSeed(), new FewSeeds(),
            new EndOfScale(), new OutlyingSeed(), new Undecided(), new Untuned(), new AtTheEdge(), new Unmatched(), new Noisy());

    private Rules() {}

    /** Everything that the checks find, the gravest first. */
    public static List<Finding> check(List<RunResults> runs, Question question, List<Contrast> contrasts) {
        var evidence = new Rule.Evidence(runs, question, contrasts);
        var findings = new ArrayList<Finding>();
        ALL.forEach(rule -> findings.addAll(rule.check(evidence)));
        findings.sort(Comparator.comparing(Finding::severity));
        return findings;
    }
}
