package org.encore.compare.rule;

import java.util.List;
import java.util.TreeSet;

import org.encore.api.run.Event;
import org.encore.compare.finding.Finding;
import org.encore.compare.finding.Finding.Severity;
import org.encore.experiment.result.RunResults;

/** A development loss that rose again: later training was wasted, and less of it would have been as good. */
final class Overfitted implements Rule {

    private static final double RISE = 0.02;

    @Override
    public List<Finding> check(Evidence evidence) {
        var variants = new TreeSet<String>();
        for (RunResults run : evidence.runs()) {
            for (Event.Cell cell : run.cells()) {
                List<Event.TrainEvaluation> looks = run.development().getOrDefault(cell.id(), List.of());
                double least = looks.stream().mapToDouble(Event.TrainEvaluation::loss).min().orElse(Double.NaN);
                if (!looks.isEmpty() && looks.getLast().loss() > least * (1 + RISE)) {
                    variants.add(cell.variant());
                }
            }
        }
        return variants.isEmpty() ? List.of() : List.of(new Finding("overfitted", Severity.NOTE,
                "the development loss rose again at the end for " + String.join(", ", variants),
                "The weights with the least development loss are kept and evaluated, so scores do not suffer; the rest of the training was wasted.",
                "Lower train.tokens, or add dropout"));
    }
}
