package org.encore.report.section;

import static j2html.TagCreator.h2;
import static j2html.TagCreator.section;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

import org.encore.api.run.ReportSection;
import org.encore.experiment.result.RunResults;
import org.encore.report.chart.TradeOffChart;
import org.encore.report.table.Names;
import org.encore.report.table.ResultTable;
import org.encore.report.table.Row;

import j2html.tags.DomContent;

/** Quality against latency. */
public final class TradeOffSection implements ReportSection {

    private static final int ORDER = 250;

    @Override
    public int order() {
        return ORDER;
    }

    @Override
    public String html(Path run) {
        RunResults results = Fragments.read(run);
        String split = Fragments.splits(results).stream().findFirst().orElse("");
        Optional<String> metric = Fragments.firstMetric(results, split);
        if (metric.isEmpty() || results.benchmarks().isEmpty()) {
            return "";
        }
        return section(h2("Quality and speed"), chart(results, split, metric.get(), true), chart(results, split, metric.get(), false)).render();
    }

    private static DomContent chart(RunResults results, String split, String metric, boolean firstToken) {
        String caption = String.format("%s on %s against time %s, with 95 %% intervals of the time", ResultTable.title(metric), Names.shown(split),
                firstToken ? "to first token" : "per later token");
        var names = Names.of(results.cells());
        String points = results.cells().stream()
                .map(cell -> names.of(cell.id()) + ": " + Row.score(results, cell.id(), split, metric)
                        .map(score -> String.format(Locale.ROOT, "%.2f %s", score.value(), score.unit())).orElse("no score") + " at "
                        + SpeedSection.millis(results, cell.id(), firstToken))
                .collect(Collectors.joining("; "));
        return Fragments.chart(TradeOffChart.of(results, split, metric, firstToken), Fragments.TALL, caption, caption + ". " + points);
    }
}
