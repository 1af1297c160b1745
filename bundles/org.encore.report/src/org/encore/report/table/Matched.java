package org.encore.report.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.encore.api.Counted;
import org.encore.experiment.plan.Receipt;
import org.encore.experiment.result.RunPlan;
import org.encore.experiment.result.RunResults;

/** What was made equal before the models were compared. */
final class Matched {

    private static final int MOST = 6;

    private Matched() {}

    /** One sentence; empty before the run has begun. */
    static Optional<String> of(RunResults results) {
        List<Receipt> receipts = results.plan().map(RunPlan::matched).orElse(List.of());
        if (receipts.isEmpty()) {
            return Optional.empty();
        }
        if (receipts.stream().anyMatch(receipt -> receipt.quantity().equals("nothing"))) {
            return Optional.of("matched: nothing; sizes are as the experiment gives them");
        }
        var parts = new ArrayList<String>();
        receipts.stream().limit(MOST).forEach(receipt -> parts.add(String.format(Locale.ROOT, "%s %+.2f %%", Names.shown(receipt.variant()), receipt.deviation())));
        if (receipts.size() > MOST) {
            parts.add("…");
        }
        String goals = String.join(" or ", receipts.stream().map(receipt -> String.format(Locale.ROOT, "%,d", receipt.goal())).distinct().limit(MOST).toList());
        return Optional.of("matched: " + Names.shown(receipts.getFirst().quantity()) + " to " + goals + ": " + String.join(", ", parts) + tuned(results));
    }

    private static String tuned(RunResults results) {
        return results.plan().map(RunPlan::tuned).filter(tuned -> !tuned.isEmpty())
                .map(tuned -> "; tuned by " + Counted.of(tuned.values().iterator().next().trials(), "trial")
                        + " each on the development set").orElse("");
    }
}
