package org.encore.report.section;

import static j2html.TagCreator.h2;
import static j2html.TagCreator.section;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.encore.api.run.ReportSection;
import org.encore.compare.Comparison;
import org.encore.compare.Question;
import org.encore.experiment.result.RunResults;
import org.encore.report.chart.Figure;
import org.encore.report.chart.Illustrated;
import org.encore.report.chart.TradeOffChart;
import org.encore.report.table.Means;
import org.encore.report.table.Place;

/** Quality against latency, in the metric of the question. */
public final class TradeOffSection implements ReportSection, Illustrated {

    private static final int ORDER = 300;

    @Override
    public int order() {
        return ORDER;
    }

    @Override
    public String html(Path run) {
        List<Figure> figures = figures(Fragments.read(run));
        return figures.isEmpty() ? "" : section(h2("Quality and speed"), Fragments.figures(figures)).render();
    }

    @Override
    public List<Figure> figures(RunResults results) {
        if (results.benchmarks().isEmpty() || results.scores().isEmpty()) {
            return List.of();
        }
        Question question = Comparison.question(results);
        String metric = question.metric().isEmpty() ? firstMetric(results, question.split()) : question.metric();
        var means = new Means(results, Fragments.comparison(results));
        var figures = new ArrayList<Figure>();
        for (Place place : Place.of(results, "benchmark")) {
            boolean scored = place.rows().stream().anyMatch(row -> means.of(row, question.split(), metric).isPresent());
            boolean timed = place.rows().stream().flatMap(row -> row.cells().stream()).anyMatch(cell -> results.speed(cell.id()).isPresent());
            if (scored && timed) {
                figures.add(TradeOffChart.of(results, means, place, question.split(), metric, true));
                figures.add(TradeOffChart.of(results, means, place, question.split(), metric, false));
            }
        }
        return figures;
    }

    /** Which experiments name first because it matters most. */
    private static String firstMetric(RunResults results, String split) {
        return results.scores().values().stream().filter(scores -> scores.splits().containsKey(split))
                .flatMap(scores -> scores.splits().get(split).keySet().stream()).findFirst().orElse("");
    }
}
