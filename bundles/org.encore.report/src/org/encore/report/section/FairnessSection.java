package org.encore.report.section;

import static j2html.TagCreator.h2;
import static j2html.TagCreator.section;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

import org.encore.api.run.ReportSection;
import org.encore.experiment.plan.Receipt;
import org.encore.experiment.result.RunPlan;

import j2html.tags.DomContent;

/** Receipts: what was made equal before the variants were compared, and what tuning gave each. */
public final class FairnessSection implements ReportSection {

    private static final int ORDER = 800;
    private static final double MEGA = 1e6;

    @Override
    public int order() {
        return ORDER;
    }

    @Override
    public String html(Path run) {
        Optional<RunPlan> plan = Fragments.read(run).plan().filter(p -> !p.matched().isEmpty());
        return plan.map(p -> section(h2("Receipts: sizes and tuning"), sizes(p.matched()), tuning(p)).render()).orElse("");
    }

    private static DomContent sizes(List<Receipt> receipts) {
        List<List<String>> rows = receipts.stream().map(r -> List.of(r.variant(), r.quantity().equals("nothing") ? "nothing" : r.quantity(),
                r.quantity().equals("nothing") ? "–" : number(r.goal()), r.quantity().equals("nothing") ? "–"
                : String.format(Locale.ROOT, "%+.2f %%", r.deviation()), number(r.parameters()),
                String.format(Locale.ROOT, "%.2f", r.flops() / MEGA), String.format(Locale.ROOT, "%.2f", r.decodeBytes() / MEGA))).toList();
        String lengths = receipts.stream().map(r -> r.source() + " tokens read, " + r.target() + " generated").distinct()
                .collect(Collectors.joining("; "));
        return Fragments.all(Fragments.table(List.of("variant", "matched", "goal", "off by", "parameters", "MFLOP (modelled)",
                "MB read per token (modelled)"), rows), Fragments.remark("Modelled at " + lengths + "."));
    }

    private static DomContent tuning(RunPlan plan) {
        if (plan.tuned().isEmpty()) {
            return Fragments.remark("No variant was tuned: all have the options that the experiment gives them.");
        }
        List<List<String>> rows = plan.tuned().entrySet().stream().map(tuned -> List.of(tuned.getKey(), Integer.toString(tuned.getValue().trials()),
                tuned.getValue().chosen().entrySet().stream().map(option -> option.getKey() + ": " + option.getValue())
                .collect(Collectors.joining(", ")),
                tuned.getValue().edges().isEmpty() ? "no" : String.join(", ", tuned.getValue().edges()))).toList();
        return Fragments.all(Fragments.table(List.of("variant", "trials", "chosen", "at the edge of what was tried"), rows),
                Fragments.remark("Chosen by the loss on the development set alone."));
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
