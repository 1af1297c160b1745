package org.encore.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The dimensions of a tensor, outermost first. {@code Shape.of(B, T, Dim.of(64))} prints as {@code (B, T, 64)}. */
public record Shape(List<Dim> dims) {

    /** The shape of a single number. */
    public static final Shape SCALAR = new Shape(List.of());

    public Shape {
        dims = List.copyOf(dims);
    }

    public static Shape of(Dim... dims) {
        return new Shape(List.of(dims));
    }

    /** A shape of known sizes. */
    public static Shape of(long... sizes) {
        return new Shape(Arrays.stream(sizes).mapToObj(Dim::of).toList());
    }

    public int rank() {
        return dims.size();
    }

    /** The dimension at an axis; negative axes count from the end. */
    public Dim get(int axis) {
        return dims.get(axis(axis));
    }

    /**
     * An axis counted from the front.
     *
     * @throws ShapeException if there is no such axis
     */
    public int axis(int axis) {
        int counted = axis < 0 ? axis + rank() : axis;
        if (counted < 0 || counted >= rank()) {
            throw new ShapeException("no axis " + axis + " in " + this, "Give an axis from " + -rank() + " to " + (rank() - 1) + ".");
        }
        return counted;
    }

    public Shape with(int axis, Dim dim) {
        var changed = new ArrayList<>(dims);
        changed.set(axis(axis), dim);
        return new Shape(changed);
    }

    public Shape without(int axis) {
        var changed = new ArrayList<>(dims);
        changed.remove(axis(axis));
        return new Shape(changed);
    }

    public Shape insert(int axis, Dim dim) {
        var changed = new ArrayList<>(dims);
        changed.add(axis < 0 ? axis + rank() + 1 : axis, dim);
        return new Shape(changed);
    }

    /**
     * The number of elements of a shape of known sizes.
     *
     * @throws IllegalStateException if a dimension is a symbol
     */
    public long size() {
        return dims.stream().mapToLong(Dim::size).reduce(1, Math::multiplyExact);
    }

    public boolean isKnown() {
        return dims.stream().allMatch(Dim::isKnown);
    }

    /** The sizes under given sizes of the symbols. */
    public long[] evaluate(Map<String, Long> sizes) {
        return dims.stream().mapToLong(d -> d.evaluate(sizes)).toArray();
    }

    /** The shape that two shapes broadcast to, aligned at the last axis; a known 1 stretches.
     *
     * @throws ShapeException if two dimensions differ and neither is 1
     */
    public static Shape broadcast(Shape a, Shape b) {
        int rank = Math.max(a.rank(), b.rank());
        var dims = new ArrayList<Dim>();
        for (int i = 0; i < rank; i++) {
            int fromA = i - (rank - a.rank());
            int fromB = i - (rank - b.rank());
            Dim x = fromA < 0 ? Dim.of(1) : a.dims.get(fromA);
            Dim y = fromB < 0 ? Dim.of(1) : b.dims.get(fromB);
            if (!x.equals(y) && !x.isOne() && !y.isOne()) {
                throw new ShapeException(a + " and " + b + " do not broadcast: " + x + " against " + y + " at axis " + i, "Make them equal, or one of them 1.");
            }
            dims.add(x.isOne() ? y : x);
        }
        return new Shape(dims);
    }

    /** True if both have the same number of elements whatever the symbols are: the condition of a reshape. */
    public boolean sameElements(Shape other) {
        return polynomial().equals(other.polynomial());
    }

    /** Product of the dimensions: monomial (its symbols, sorted) to coefficient. */
    private Map<List<String>, Long> polynomial() {
        Map<List<String>, Long> product = Map.of(List.of(), 1L);
        for (Dim dim : dims) {
            var next = new TreeMap<List<String>, Long>((x, y) -> x.toString().compareTo(y.toString()));
            product.forEach((symbols, coefficient) -> {
                next.merge(symbols, coefficient * dim.constant(), Long::sum);
                dim.terms().forEach((symbol, factor) -> {
                    var longer = new ArrayList<>(symbols);
                    longer.add(symbol);
                    longer.sort(null);
                    next.merge(List.copyOf(longer), coefficient * factor, Long::sum);
                });
            });
            next.values().removeIf(c -> c == 0);
            product = next;
        }
        return product;
    }

    /** Canonical form: {@code (B, T, 64)}. */
    @Override
    public String toString() {
        return "(" + String.join(", ", dims.stream().map(Dim::toString).toList()) + ")";
    }

    /** Reads the form that {@link #toString} writes. */
    public static Shape parse(String text) {
        String body = text.strip();
        if (!body.startsWith("(") || !body.endsWith(")")) {
            throw new IllegalArgumentException("'" + text + "' is no shape; write (B, T, 64)");
        }
        body = body.substring(1, body.length() - 1).strip();
        return body.isEmpty() ? SCALAR : new Shape(Arrays.stream(body.split(",")).map(Dim::parse).toList());
    }
}
