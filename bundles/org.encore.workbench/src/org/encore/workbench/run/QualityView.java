package org.encore.workbench.run;

import java.util.Set;

import org.encore.api.run.Event;
import org.encore.report.chart.Figure;
import org.encore.report.chart.ScoreChart;
import org.jspecify.annotations.Nullable;

/** Scores as they are found: the first metric of the task, on the test set if it was scored, else on what was. */
public final class QualityView extends RunChart {

    public static final String ID = "org.encore.workbench.quality";

    private static final String DEVELOPMENT = "development";

    @Override
    protected String advice() {
        return "Scores appear here as soon as a model of the chosen run has been evaluated.";
    }

    @Override
    protected @Nullable Figure figure(Snapshot run, Set<String> without, boolean smoothed) {
        Event.Scored shown = run.scores().stream().filter(score -> !score.split().equals(DEVELOPMENT)).findFirst()
                .orElse(run.scores().isEmpty() ? null : run.scores().getFirst());
        return shown == null ? null : ScoreChart.of(place(run, without), names(run), run.scores(), shown.split(), shown.metric());
    }
}
