package org.encore.report.chart;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import org.encore.report.curve.Curve;
import org.encore.report.curve.Curve.Stretch;
import org.encore.report.table.Row;

/**
 * Curves of several seeds as one: their mean, with the band from the lowest to the highest. Seeds see tokens in batches of their own, so their points
 * lie at different places: between two points a curve is a straight line.
 *
 * @param complete curves that are one, which have a place in common
 * @param alone curves that end long before the others, of trainings that go on or have failed: they have no part in the mean
 */
record SeedBand(List<Curve> complete, List<Curve> alone) {

    /** Curves that reach this share of the longest are complete. */
    private static final double COMPLETE = 0.98;
    /** A column is about two dots of a screen wide: where there are more than two points for each, a column shows what its points amount to. */
    private static final int COLUMNS = 400;

    /** More points than that are seen as columns. */
    static final int MOST_POINTS = 2 * COLUMNS;

    /** @param tokens seen there @param mean of all seeds @param low of the lowest point there of any seed @param high of the highest */
    record At(double tokens, double mean, double low, double high) {}

    SeedBand {
        complete = List.copyOf(complete);
        alone = List.copyOf(alone);
    }

    /** Of curves that may be empty. */
    static SeedBand of(List<Curve> curves) {
        List<Curve> known = curves.stream().filter(curve -> !curve.isEmpty()).toList();
        long longest = known.stream().mapToLong(Curve::end).max().orElse(0);
        var band = new SeedBand(known.stream().filter(curve -> curve.end() >= COMPLETE * longest).toList(),
                known.stream().filter(curve -> curve.end() < COMPLETE * longest).toList());
        return band.begin() <= band.end() ? band : new SeedBand(List.of(), known);
    }

    /** Of the seeds of a row. @param curves by cell; there may be none of some */
    static SeedBand of(Row row, Map<String, Curve> curves) {
        return of(row.cells().stream().map(cell -> curves.getOrDefault(cell.id(), Curve.NONE)).toList());
    }

    /** Where all complete curves have begun. */
    long begin() {
        return complete.stream().mapToLong(Curve::begin).max().orElse(0);
    }

    /** To where all complete curves are known. */
    long end() {
        return complete.stream().mapToLong(Curve::end).min().orElse(0);
    }

    /**
     * What is seen between two places. Where a screen can show every point, there are these, and one beyond each place; where it cannot, there is the
     * mean of the seeds' means in each column, from the lowest point of any seed there to the highest, so that no extreme is lost.
     */
    List<At> between(double left, double right) {
        if (complete.isEmpty()) {
            return List.of();
        }
        double from = Math.max(left, begin());
        double to = Math.min(right, end());
        List<Seen> seen = complete.stream().map(curve -> Seen.of(curve, from, to)).toList();
        return seen.stream().mapToInt(Seen::size).sum() <= MOST_POINTS ? points(seen) : means(from, to);
    }

    /** All of it. */
    List<At> all() {
        return between(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    /** The points of a curve that are seen: {@code first} to before {@code past}. */
    private record Seen(Curve curve, int first, int past) {

        static Seen of(Curve curve, double from, double to) {
            return new Seen(curve, Math.max(0, curve.before(from) - 1), Math.min(curve.size(), curve.before(to) + 1));
        }

        int size() {
            return Math.max(0, past - first);
        }

        LongStream tokens() {
            return IntStream.range(first, past).mapToLong(curve::tokens);
        }
    }

    private List<At> points(List<Seen> seen) {
        long begin = begin();
        long end = end();
        return seen.stream().flatMapToLong(Seen::tokens).filter(tokens -> tokens >= begin && tokens <= end).sorted().distinct().mapToObj(this::at)
                .toList();
    }

    private At at(long tokens) {
        var values = complete.stream().mapToDouble(curve -> curve.at(tokens)).summaryStatistics();
        return new At(tokens, values.getAverage(), values.getMin(), values.getMax());
    }

    private static double[] columns(double from, double to) {
        var edges = new double[COLUMNS + 1];
        Arrays.setAll(edges, i -> from + i * (to - from) / COLUMNS);
        edges[COLUMNS] = Math.nextUp(to);
        return edges;
    }

    private List<At> means(double from, double to) {
        var points = new ArrayList<At>();
        double[] edges = columns(from, to);
        for (int i = 0; i < COLUMNS; i++) {
            points.add(column(edges[i], edges[i + 1]));
        }
        return points;
    }

    /** A seed without a point in a column is there what the straight line between its points is. */
    private At column(double left, double right) {
        double middle = (left + right) / 2;
        double sum = 0;
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (Curve curve : complete) {
            int first = curve.before(left);
            int past = curve.before(right);
            if (first < past) {
                Stretch column = curve.between(first, past);
                sum += column.mean();
                low = Math.min(low, curve.value(column.lowest()));
                high = Math.max(high, curve.value(column.highest()));
            } else {
                double value = curve.at(middle);
                sum += value;
                low = Math.min(low, value);
                high = Math.max(high, value);
            }
        }
        return new At(middle, sum / complete.size(), low, high);
    }
}
