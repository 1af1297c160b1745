package org.encore.report.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import org.jfree.data.Range;
import org.jfree.data.xy.AbstractIntervalXYDataset;
import org.jfree.data.DomainOrder;
import org.jfree.data.xy.XYDomainInfo;
import org.jspecify.annotations.Nullable;

/**
 * Lines over millions of tokens as far as they are seen: of what the axis shows, as many points as a screen has room for. When a chart is zoomed, its
 * points become others, down to the single ones that were told.
 */
final class SeenLines extends AbstractIntervalXYDataset implements XYDomainInfo {

    private static final long serialVersionUID = 1;
    private static final double MILLION = 1e6;
    /** As long as there is no axis. */
    private static final Range ALL = new Range(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

    private record Line(String name, SeenBand band) {}

    /** @param points of each line */
    private record View(Range of, List<List<SeedBand.At>> points) {}

    private final boolean areas;
    private final transient List<Line> lines = new ArrayList<>();
    private transient Supplier<Range> axis = () -> ALL;
    private transient volatile @Nullable View last;

    /** @param areas whether only what reaches from somewhat to something higher is shown, and no mere lines */
    SeenLines(boolean areas) {
        this.areas = areas;
    }

    /** Adds a line. @param name that no other has */
    void add(String name, SeenBand band) {
        lines.add(new Line(name, band));
        last = null;
        fireDatasetChanged();
    }

    /** From now on, shows what an axis shows. @param range of it, in million tokens, asked whenever something is drawn */
    void seenOn(Supplier<Range> range) {
        axis = range;
    }

    private SeedBand.At at(int series, int item) {
        return seen().points().get(series).get(item);
    }

    private View seen() {
        Range range = axis.get();
        View view = last;
        if (view == null || !view.of().equals(range)) {
            double left = range.getLowerBound() * MILLION;
            double right = range.getUpperBound() * MILLION;
            view = new View(range, lines.stream().map(line -> shown(line.band().between(left, right))).toList());
            last = view;
        }
        return view;
    }

    private List<SeedBand.At> shown(List<SeedBand.At> points) {
        return areas && points.stream().allMatch(at -> at.low() == at.high()) ? List.of() : points;
    }

    @Override
    public int getSeriesCount() {
        return lines.size();
    }

    @Override
    public Comparable<String> getSeriesKey(int series) {
        return lines.get(series).name();
    }

    @Override
    public int getItemCount(int series) {
        return seen().points().get(series).size();
    }

    @Override
    public DomainOrder getDomainOrder() {
        return DomainOrder.ASCENDING;
    }

    @Override
    public Number getX(int series, int item) {
        return at(series, item).tokens() / MILLION;
    }

    @Override
    public Number getY(int series, int item) {
        return at(series, item).mean();
    }

    @Override
    public Number getStartX(int series, int item) {
        return getX(series, item);
    }

    @Override
    public Number getEndX(int series, int item) {
        return getX(series, item);
    }

    @Override
    public Number getStartY(int series, int item) {
        return at(series, item).low();
    }

    @Override
    public Number getEndY(int series, int item) {
        return at(series, item).high();
    }

    /** Of all there is, whatever is seen. */
    @Override
    public @Nullable Range getDomainBounds(@SuppressWarnings("rawtypes") List visibleSeriesKeys, boolean includeInterval) {
        return lines.isEmpty() ? null : new Range(lines.stream().mapToLong(line -> line.band().begin()).min().orElseThrow() / MILLION,
                lines.stream().mapToLong(line -> line.band().end()).max().orElseThrow() / MILLION);
    }
}
