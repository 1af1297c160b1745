package org.encore.workbench.compare;

import java.util.function.Consumer;

import org.encore.workbench.chart.ChartPart;

/** A chart of the results that are chosen, drawn anew whenever others are. */
abstract class ComparedChart extends ChartPart<Compared> {

    private final Consumer<Compared> listener = this::show;

    @Override
    protected final void begin() {
        ChosenResults.of(getSite().getPage()).add(listener);
    }

    @Override
    public void dispose() {
        ChosenResults.of(getSite().getPage()).remove(listener);
        super.dispose();
    }
}
