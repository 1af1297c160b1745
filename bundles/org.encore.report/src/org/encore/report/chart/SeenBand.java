package org.encore.report.chart;

import java.util.List;

import org.jspecify.annotations.Nullable;

/** A band of which is known what was last seen of it: its line and its area are drawn from the same points, which are found once for each picture. */
final class SeenBand {

    private final SeedBand band;
    private volatile @Nullable View last;

    private record View(double from, double to, List<SeedBand.At> points) {}

    SeenBand(SeedBand band) {
        this.band = band;
    }

    /** Where all its complete curves have begun. */
    long begin() {
        return band.begin();
    }

    /** To where all its complete curves are known. */
    long end() {
        return band.end();
    }

    /** What is seen between two places. */
    List<SeedBand.At> between(double left, double right) {
        double from = Math.max(left, begin());
        double to = Math.min(right, end());
        View view = last;
        if (view == null || view.from() != from || view.to() != to) {
            view = new View(from, to, band.between(left, right));
            last = view;
        }
        return view.points();
    }
}
