package org.encore.workbench.run;

import java.util.Map;

import org.encore.report.curve.Curve;

/**
 * Curves of a run; never changed afterwards.
 *
 * @param training loss on the batches that were learnt from, by cell
 * @param speed tokens trained in a second, by cell
 * @param development loss on held-out data, by cell
 */
record Curves(Map<String, Curve> training, Map<String, Curve> speed, Map<String, Curve> development) {

    boolean isEmpty() {
        return training.isEmpty() && development.isEmpty();
    }
}
