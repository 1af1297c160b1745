package org.encore.compare.rule;

import java.util.LinkedHashSet;
import java.util.List;

import org.encore.compare.Contrast;
import org.encore.compare.finding.Finding;
import org.encore.compare.finding.Finding.Severity;

/** Scores at the end of their scale: nothing is right, or nothing wrong, whatever the model. */
final class EndOfScale implements Rule {

    private static final double PERCENT = 100;
    private static final double NEAR = 0.5;

    @Override
    public List<Finding> check(Evidence evidence) {
        var metrics = new LinkedHashSet<String>();
        evidence.contrasts().stream().filter(c -> c.subject() == Contrast.Subject.QUALITY && c.unit().equals("%")).filter(EndOfScale::bothAtAnEnd)
                .forEach(c -> metrics.add(c.quantity().toUpperCase(java.util.Locale.ROOT)));
        return metrics.isEmpty() ? List.of() : List.of(new Finding("end-of-scale", Severity.WARNING, "at the end of the scale for both: " + String.join(", ", metrics),
                "Where nothing is right, or nothing wrong, models look equal that are not.",
                "Train longer if nothing is right; take a harder task or a finer metric if nothing is wrong"));
    }

    private static boolean bothAtAnEnd(Contrast c) {
        return c.firstValue() <= NEAR && c.secondValue() <= NEAR || c.firstValue() >= PERCENT - NEAR && c.secondValue() >= PERCENT - NEAR;
    }
}
