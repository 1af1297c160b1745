package org.encore.workbench.compare;

import java.util.List;
import java.util.Set;

import org.encore.compare.Contrast;
import org.encore.report.chart.ContrastChart;
import org.encore.report.chart.Figure;
import org.jspecify.annotations.Nullable;

/** Differences in quality with their intervals: a verdict is where an interval lies. */
public final class DifferencesView extends ComparedChart {

    public static final String ID = "org.encore.workbench.differences";

    @Override
    protected String advice() {
        return "Differences between the variants that are chosen in the table, with their intervals, once they have been evaluated.";
    }

    @Override
    protected List<String> series(Compared compared) {
        return compared.comparison().contrasts().stream().filter(Contrast::ofScores)
                .map(contrast -> contrast.first() + " − " + contrast.second()).distinct().toList();
    }

    @Override
    protected @Nullable Figure figure(Compared compared, Set<String> without, boolean smoothed) {
        List<Contrast> quality = compared.comparison().contrasts().stream().filter(Contrast::ofScores)
                .toList();
        if (quality.isEmpty()) {
            return null;
        }
        String quantity = quality.getFirst().quantity();
        List<Contrast> shown = quality.stream().filter(contrast -> contrast.quantity().equals(quantity)
                && !without.contains(contrast.first() + " − " + contrast.second())).toList();
        return shown.isEmpty() ? null : ContrastChart.of("differences", "Differences", shown);
    }

    @Override
    protected String description(Compared compared) {
        return "95 % intervals; hollow: not decided";
    }
}
