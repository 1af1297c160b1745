package org.encore.compare.rule;

import java.util.List;
import java.util.Locale;

import org.encore.compare.finding.Finding;
import org.encore.compare.finding.Finding.Severity;
import org.encore.experiment.plan.Receipt;
import org.encore.experiment.result.RunPlan;

/** Models of different size. */
final class Unmatched implements Rule {

    /** Sizes within this share count as equal without having been matched. */
    private static final double NEAR = 0.02;

    @Override
    public List<Finding> check(Evidence evidence) {
        List<Receipt> receipts = evidence.runs().stream().flatMap(run -> run.plan().stream()).map(RunPlan::matched).flatMap(List::stream).toList();
        if (receipts.stream().map(Receipt::variant).distinct().count() < 2 || receipts.stream().noneMatch(r -> r.quantity().equals("nothing"))) {
            return List.of();
        }
        long least = receipts.stream().mapToLong(Receipt::parameters).min().orElse(0);
        long most = receipts.stream().mapToLong(Receipt::parameters).max().orElse(0);
        return most <= least * (1 + NEAR) ? List.of() : List.of(new Finding("unmatched", Severity.WARNING,
                String.format(Locale.ROOT, "sizes are not matched: from %,d to %,d parameters", least, most),
                "Larger models are usually better and slower; the comparison is of sizes as much as of architectures.",
                "Match them: match: {parameters: 0.6M}, or flops, or decodeBytes"));
    }
}
