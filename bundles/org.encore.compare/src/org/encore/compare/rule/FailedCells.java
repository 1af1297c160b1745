package org.encore.compare.rule;

import java.util.List;

import org.encore.compare.finding.Finding;
import org.encore.compare.finding.Finding.Severity;
import org.encore.experiment.result.RunResults;

/** Models that failed are missing from every mean. */
final class FailedCells implements Rule {

    @Override
    public List<Finding> check(Evidence evidence) {
        return evidence.runs().stream().filter(run -> !run.failures().isEmpty()).map(FailedCells::finding).toList();
    }

    private static Finding finding(RunResults run) {
        var first = run.failures().getFirst();
        int count = run.failures().size();
        return new Finding("failed", Severity.ERROR, count + (count == 1 ? " stage" : " stages") + " of " + run.folder().name() + " failed, first "
                + (first.stage() + " " + first.cell()).strip() + ": " + first.message(),
                "What failed is missing below. If models of one variant fail more often than those of another, the comparison is of the lucky ones.",
                "Mend the cause and run the same command again: what is done is not done twice");
    }
}
