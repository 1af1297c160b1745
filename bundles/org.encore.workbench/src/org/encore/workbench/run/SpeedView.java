package org.encore.workbench.run;

import java.util.Set;

import org.encore.report.chart.Figure;
import org.encore.report.chart.ThroughputChart;
import org.jspecify.annotations.Nullable;

/** Tokens trained in a second. */
public final class SpeedView extends RunChart {

    public static final String ID = "org.encore.workbench.speed";

    @Override
    protected String advice() {
        return "Tokens trained in a second appear here as soon as the chosen run trains.";
    }

    @Override
    protected @Nullable Figure figure(Snapshot run, Set<String> without, boolean smoothed) {
        return run.curves().speed().isEmpty() ? null : ThroughputChart.of(place(run, without), names(run), run.curves().speed());
    }
}
