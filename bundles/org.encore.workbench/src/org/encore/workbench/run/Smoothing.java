package org.encore.workbench.run;

import org.encore.report.curve.Curve;
import org.encore.report.curve.GrowingCurve;

/** A curve with less noise: each point is the mean of those around it, of as many on either side as there are, up to a hundredth of the curve. */
final class Smoothing {

    private static final double REACH = 0.01;
    private static final int SHORTEST = 2;
    /** Of a longer curve there are points that are far nearer to each other than the mean reaches: between them it is a straight line as good as. */
    private static final int MOST_POINTS = 2000;

    private Smoothing() {}

    static Curve of(Curve curve) {
        int reach = (int) Math.max(SHORTEST, REACH * curve.size());
        int stride = Math.max(1, Math.ceilDiv(curve.size(), MOST_POINTS));
        var smooth = new GrowingCurve();
        for (int point = 0; point < curve.size(); point += stride) {
            add(curve, point, reach, smooth);
        }
        if (curve.size() > 1) {
            add(curve, curve.size() - 1, reach, smooth);
        }
        return smooth.now();
    }

    private static void add(Curve curve, int point, int reach, GrowingCurve to) {
        int around = Math.min(reach, Math.min(point, curve.size() - 1 - point));
        to.add(curve.tokens(point), curve.between(point - around, point + around + 1).mean());
    }
}
