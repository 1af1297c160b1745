package org.encore.report.chart;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * Curves of several seeds as one: their mean, with the band from the lowest to the highest. Seeds see tokens in batches of their own, so their points
 * lie at different places: between two points a curve is a straight line.
 *
 * @param points where all complete curves are known
 * @param alone curves that end long before the others, of trainings that go on or have failed: they have no part in the mean
 */
record SeedBand(List<At> points, List<Curve> alone) {

    /** Curves that reach this share of the longest are complete. */
    private static final double COMPLETE = 0.98;
    /** More points than a screen has columns are not drawn: of a long curve every n-th, and the last. */
    private static final int MOST_POINTS = 2000;
    private static final int MOST_OF_SEVERAL = 300;

    /** @param x increasing @param y finite */
    record Curve(double[] x, double[] y) {

        double last() {
            return x[x.length - 1];
        }

        /** On the straight line between the two points around it. */
        double at(double place) {
            int found = Arrays.binarySearch(x, place);
            if (found >= 0) {
                return y[found];
            }
            int next = -found - 1;
            if (next == 0 || next == x.length) {
                return y[Math.min(next, x.length - 1)];
            }
            double share = (place - x[next - 1]) / (x[next] - x[next - 1]);
            return y[next - 1] + share * (y[next] - y[next - 1]);
        }
    }

    /** @param mean of all seeds there */
    record At(double x, double mean, double low, double high) {}

    /** Of curves that may be empty. */
    static SeedBand of(List<Curve> curves) {
        List<Curve> known = curves.stream().filter(curve -> curve.x().length > 0).toList();
        double longest = known.stream().mapToDouble(Curve::last).max().orElse(0);
        List<Curve> complete = known.stream().filter(curve -> curve.last() >= COMPLETE * longest).toList();
        List<Curve> alone = known.stream().filter(curve -> curve.last() < COMPLETE * longest).toList();
        if (complete.isEmpty()) {
            return new SeedBand(List.of(), alone);
        }
        double begin = complete.stream().mapToDouble(curve -> curve.x()[0]).max().orElseThrow();
        double end = complete.stream().mapToDouble(Curve::last).min().orElseThrow();
        if (begin > end) {
            return new SeedBand(List.of(), known);
        }
        var places = new TreeSet<Double>();
        complete.forEach(curve -> Arrays.stream(curve.x()).filter(x -> x >= begin && x <= end).forEach(places::add));
        var points = new ArrayList<At>();
        for (double x : thinned(new ArrayList<>(places), complete.size() == 1 ? MOST_POINTS : MOST_OF_SEVERAL)) {
            var values = complete.stream().mapToDouble(curve -> curve.at(x)).summaryStatistics();
            points.add(new At(x, values.getAverage(), values.getMin(), values.getMax()));
        }
        return new SeedBand(points, alone);
    }

    private static List<Double> thinned(List<Double> places, int most) {
        int stride = Math.ceilDiv(Math.max(1, places.size()), most);
        var kept = new ArrayList<Double>();
        for (int i = 0; i < places.size(); i++) {
            if (i % stride == 0 || i == places.size() - 1) {
                kept.add(places.get(i));
            }
        }
        return kept;
    }
}
