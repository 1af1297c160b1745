package org.encore.compare.rule;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import org.encore.api.run.Event;
import org.encore.compare.finding.Finding;
import org.encore.compare.finding.Finding.Severity;
import org.encore.experiment.result.RunResults;

/** A development curve that still falls at the end: the variant would be better with more training, and others perhaps would not. */
final class CutShort implements Rule {

    /** Fall of the loss from the last look but one to the last, as a share, beyond which training is called unfinished. */
    private static final double FALL = 0.02;
    private static final int FEWEST_LOOKS = 4;

    /** The greatest of a variant's cells, and where on the other axes that cell stands. */
    private record Fall(double share, String place) {}

    @Override
    public List<Finding> check(Evidence evidence) {
        Map<String, Fall> falls = new LinkedHashMap<>();
        for (RunResults run : evidence.runs()) {
            for (Event.Cell cell : run.cells()) {
                List<Event.TrainEvaluation> looks = run.development().getOrDefault(cell.id(), List.of());
                if (looks.size() >= FEWEST_LOOKS) {
                    double fall = 1 - looks.getLast().loss() / looks.get(looks.size() - 2).loss();
                    falls.merge(cell.variant(), new Fall(fall, place(cell)), (a, b) -> a.share() >= b.share() ? a : b);
                }
            }
        }
        var still = new ArrayList<String>();
        falls.forEach((variant, fall) -> {
            if (fall.share() > FALL) {
                still.add(String.format(Locale.ROOT, "%s by %.1f %%%s", variant, 100 * fall.share(), fall.place()));
            }
        });
        return still.isEmpty() ? List.of() : List.of(new Finding("cut-short", still.size() < falls.size() ? Severity.WARNING : Severity.NOTE,
                "the development curve still falls at the end: training was cut short for " + String.join(", ", still),
                "The fall is from the last look at the development set but one to the last. A variant that learns more slowly is put at a disadvantage by "
                        + "a short training; the order may change with a longer one.",
                "Raise train.tokens, or compare at several values of it: matrix: {train.tokens: […]}"));
    }

    private static String place(Event.Cell cell) {
        return cell.axes().isEmpty() ? "" : cell.axes().entrySet().stream().map(axis -> axis.getKey() + "=" + axis.getValue())
                .collect(Collectors.joining(", ", " (", ")"));
    }
}
