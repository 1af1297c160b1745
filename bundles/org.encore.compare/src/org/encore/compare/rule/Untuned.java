package org.encore.compare.rule;

import java.util.List;

import org.encore.compare.Contrast;
import org.encore.compare.finding.Finding;
import org.encore.compare.finding.Finding.Severity;

/** One learning rate for all is the better one for somebody. */
final class Untuned implements Rule {

    @Override
    public List<Finding> check(Evidence evidence) {
        boolean compares = evidence.contrasts().stream().anyMatch(c -> c.subject() == Contrast.Subject.QUALITY);
        boolean untuned = evidence.runs().stream().anyMatch(run -> run.plan().isPresent() && run.plan().get().tuned().isEmpty()
                && run.plan().get().cells().stream().noneMatch(cell -> cell.axes().containsKey("learningRate")));
        return !compares || !untuned ? List.of() : List.of(new Finding("untuned", Severity.NOTE,
                "all variants were trained with the same learning rate, chosen for none of them",
                "Architectures differ in the learning rate that suits them; a difference may be one of fit to this rate.",
                "Give every variant the same number of trials: tune: {over: {train.learningRate: [1e-3, 2e-3, 4e-3]}}"));
    }
}
