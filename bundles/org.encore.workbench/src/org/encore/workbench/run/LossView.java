package org.encore.workbench.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.encore.api.run.Event;
import org.encore.report.chart.Figure;
import org.encore.report.chart.LossFigure;
import org.encore.report.table.Place;
import org.jspecify.annotations.Nullable;

/** The loss of the chosen run, followed while it goes on. */
public final class LossView extends RunChart {

    public static final String ID = "org.encore.workbench.loss";

    @Override
    protected String advice() {
        return "The loss of the chosen run appears here as soon as something is trained. Choose a run on the left, or press Run (F9).";
    }

    @Override
    protected boolean positive() {
        return true;
    }

    @Override
    protected boolean noisy() {
        return true;
    }

    @Override
    protected @Nullable Figure figure(Snapshot run, Set<String> without, boolean smoothed) {
        if (run.training().isEmpty() && run.development().isEmpty()) {
            return null;
        }
        Place place = place(run, without);
        return LossFigure.of(place, names(run), smoothed ? smoothed(run.training()) : run.training(), run.development());
    }

    private static Map<String, List<Event.TrainStep>> smoothed(Map<String, List<Event.TrainStep>> training) {
        var smooth = new LinkedHashMap<String, List<Event.TrainStep>>();
        training.forEach((cell, steps) -> smooth.put(cell, Smoothing.of(steps)));
        return smooth;
    }
}
