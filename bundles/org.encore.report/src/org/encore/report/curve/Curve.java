package org.encore.report.curve;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * A value over the tokens seen, such as the loss of one training: its points in the order of their tokens, between which it is a straight line.
 * Held in arrays, with buckets of 16, 32, 64 and so on points: what lies between any two points is known without a look at each, so a picture costs by
 * what it shows and not by what was read. Never changed; {@link GrowingCurve} makes longer ones that share what this one holds.
 */
public final class Curve {

    /** Of what was not trained. */
    public static final Curve NONE = new Curve(new long[0], new double[0], 0, List.of());

    private final long[] tokens;
    private final double[] values;
    private final int size;
    private final List<Buckets> levels;

    /** @param levels finest first; what lies behind {@code size} is not this curve's */
    Curve(long[] tokens, double[] values, int size, List<Buckets> levels) {
        this.tokens = tokens;
        this.values = values;
        this.size = size;
        this.levels = levels;
    }

    /** Of points in the order of their tokens. Those that {@link GrowingCurve} does not take are left out. */
    public static <P> Curve of(List<P> points, ToLongFunction<P> tokens, ToDoubleFunction<P> value) {
        var curve = new GrowingCurve();
        points.forEach(point -> curve.add(tokens.applyAsLong(point), value.applyAsDouble(point)));
        return curve.now();
    }

    /** Of each model. @param points by cell @return by cell */
    public static <P> Map<String, Curve> ofEach(Map<String, List<P>> points, ToLongFunction<P> tokens, ToDoubleFunction<P> value) {
        var curves = new LinkedHashMap<String, Curve>();
        points.forEach((cell, of) -> curves.put(cell, of(of, tokens, value)));
        return curves;
    }

    /** How many points it has. */
    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /** Tokens seen at a point. @param point from 0 */
    public long tokens(int point) {
        return tokens[point];
    }

    /** Value at a point; finite. @param point from 0 */
    public double value(int point) {
        return values[point];
    }

    /** Tokens seen at its first point. @throws ArrayIndexOutOfBoundsException if there is none */
    public long begin() {
        return tokens[0];
    }

    /** Tokens seen at its last point. @throws ArrayIndexOutOfBoundsException if there is none */
    public long end() {
        return tokens[size - 1];
    }

    /** Value at its last point. @throws ArrayIndexOutOfBoundsException if there is none */
    public double last() {
        return values[size - 1];
    }

    /** How many points lie before a place, which is the number of the first that does not. */
    public int before(double place) {
        int found = Arrays.binarySearch(tokens, 0, size, (long) Math.ceil(place));
        return found >= 0 ? found : -found - 1;
    }

    /**
     * On the straight line between the two points around a place; beyond its ends, the value there.
     *
     * @throws ArrayIndexOutOfBoundsException if there is no point
     */
    public double at(double place) {
        int next = before(place);
        if (next == 0 || next == size) {
            return values[Math.min(next, size - 1)];
        }
        double share = (place - tokens[next - 1]) / (tokens[next] - tokens[next - 1]);
        return share == 1 ? values[next] : values[next - 1] + share * (values[next] - values[next - 1]);
    }

    /**
     * A stretch of a curve.
     *
     * @param lowest number of the first point with the least value
     * @param highest number of the first point with the greatest
     * @param mean of the values of all its points
     */
    public record Stretch(int lowest, int highest, double mean) {}

    /** What the points {@code from} to before {@code to}, at least one, amount to: in steps by the logarithm of how many there are. */
    public Stretch between(int from, int to) {
        java.util.Objects.checkFromToIndex(from, to, size);
        Total total = Total.of(values, levels, from, to);
        return new Stretch(total.lowest(), total.highest(), total.sum() / (to - from));
    }
}
