package org.encore.compare.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.encore.compare.finding.Finding;
import org.encore.compare.finding.Finding.Severity;
import org.encore.experiment.result.RunPlan;
import org.encore.experiment.result.RunResults;

/** The best of what was tried lies at the end of the list: what lies beyond may be better. */
final class AtTheEdge implements Rule {

    @Override
    public List<Finding> check(Evidence evidence) {
        var edges = new ArrayList<String>();
        for (RunResults run : evidence.runs()) {
            run.plan().map(RunPlan::tuned).orElse(Map.of()).forEach((variant, tuned) -> tuned.edges().forEach(option -> edges.add(variant + " (" + option + " "
                    + tuned.chosen().get(option) + ")")));
        }
        return edges.isEmpty() ? List.of() : List.of(new Finding("tuned-at-the-edge", Severity.NOTE, "tuning chose the first or last value that was tried for "
                + String.join(", ", edges), "A better value may lie beyond, for this variant more than for others.", "Try further values in tune.over"));
    }
}
