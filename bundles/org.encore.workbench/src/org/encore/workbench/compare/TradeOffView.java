package org.encore.workbench.compare;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.encore.compare.Comparison;
import org.encore.compare.Question;
import org.encore.experiment.result.RunResults;
import org.encore.report.chart.Figure;
import org.encore.report.chart.TradeOffChart;
import org.encore.report.table.Means;
import org.encore.report.table.Place;
import org.encore.report.table.Row;
import org.jspecify.annotations.Nullable;

/** Quality against latency with intervals, and the front of what no other beats in both: of the first run that is chosen. */
public final class TradeOffView extends ComparedChart {

    public static final String ID = "org.encore.workbench.tradeOff";

    @Override
    protected String advice() {
        return "Quality against latency of the run that is chosen in the table, once it has been evaluated and measured.";
    }

    @Override
    protected List<String> series(Compared compared) {
        return Row.of(compared.runs().getFirst()).stream().map(Row::name).toList();
    }

    @Override
    protected @Nullable Figure figure(Compared compared, Set<String> without, boolean smoothed) {
        RunResults run = compared.runs().getFirst();
        Question question = Comparison.question(run);
        Optional<String> metric = Optional.of(question.metric()).filter(name -> !name.isEmpty()).or(() -> run.scores().values().stream()
                .filter(scores -> scores.splits().containsKey(question.split())).flatMap(scores -> scores.splits().get(question.split()).keySet()
                .stream())
                .findFirst());
        if (metric.isEmpty() || run.benchmarks().isEmpty()) {
            return null;
        }
        var place = new Place("", "", Row.of(run).stream().filter(row -> !without.contains(row.name())).toList());
        return TradeOffChart.of(run, new Means(run, Optional.of(compared.comparison())), place, question.split(), metric.get(), true);
    }

    @Override
    protected String description(Compared compared) {
        return compared.runs().getFirst().folder().name() + (compared.runs().size() > 1 ? ", the first of " + compared.runs().size() + " runs" : "");
    }
}
