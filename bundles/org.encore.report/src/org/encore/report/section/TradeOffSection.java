package org.encore.report.section;

import static j2html.TagCreator.h2;
import static j2html.TagCreator.section;

import java.nio.file.Path;

import org.encore.api.run.ReportSection;
import org.encore.experiment.result.RunResults;
import org.encore.report.chart.TradeOffChart;

/** Error against latency. */
public final class TradeOffSection implements ReportSection {

    private static final int ORDER = 200;

    @Override
    public int order() {
        return ORDER;
    }

    @Override
    public String html(Path run) {
        RunResults results = Fragments.read(run);
        String metric = results.scores().values().stream().filter(s -> s.splits().containsKey("test"))
                .flatMap(s -> s.splits().get("test").keySet().stream()).findFirst().orElse("");
        if (metric.isEmpty() || results.benchmark().isEmpty()) {
            return "";
        }
        return section(h2("Quality and speed"),
                Fragments.chart(TradeOffChart.of(results, metric, true), "Error on the test set against time to first token, with 95 % intervals of the time"),
                Fragments.chart(TradeOffChart.of(results, metric, false), "Error on the test set against time per later token, with 95 % intervals of the time"))
                .render();
    }
}
