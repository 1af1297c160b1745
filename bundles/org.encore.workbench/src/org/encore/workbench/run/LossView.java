package org.encore.workbench.run;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import org.encore.report.chart.Figure;
import org.encore.report.chart.LossFigure;
import org.encore.report.curve.Curve;
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
        Curves curves = run.curves();
        return curves.isEmpty() ? null : LossFigure.of(place(run, without), names(run), smoothed ? smoothed(curves.training()) : curves.training(),
                curves.development());
    }

    private static Map<String, Curve> smoothed(Map<String, Curve> training) {
        var smooth = new LinkedHashMap<String, Curve>();
        training.forEach((cell, curve) -> smooth.put(cell, Smoothing.of(curve)));
        return smooth;
    }
}
