package org.encore.graph;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A dimension: a constant plus a sum of symbols, such as {@code 64}, {@code T} or {@code P + T}.
 *
 * @param constant the part that is known when the model is built
 * @param terms symbol to its factor; factors are never zero
 */
public record Dim(long constant, SortedMap<String, Long> terms) {

    public Dim {
        var kept = new TreeMap<String, Long>();
        terms.forEach((symbol, factor) -> {
            if (factor != 0) {
                kept.put(symbol, factor);
            }
        });
        terms = Collections.unmodifiableSortedMap(kept);
    }

    /** A dimension of a known size. */
    public static Dim of(long size) {
        return new Dim(size, new TreeMap<>());
    }

    /** A dimension that is known only when tensors arrive, such as the batch. */
    public static Dim symbol(String name) {
        return new Dim(0, new TreeMap<>(Map.of(name, 1L)));
    }

    public boolean isKnown() {
        return terms.isEmpty();
    }

    /**
     * The size of a known dimension.
     *
     * @throws IllegalStateException if it contains a symbol
     */
    public long size() {
        if (!isKnown()) {
            throw new IllegalStateException("dimension " + this + " is known only at run time");
        }
        return constant;
    }

    /** True for the known size 1, which broadcasts against everything. */
    public boolean isOne() {
        return isKnown() && constant == 1;
    }

    public Dim plus(Dim other) {
        var sum = new TreeMap<>(terms);
        other.terms.forEach((symbol, factor) -> sum.merge(symbol, factor, Long::sum));
        return new Dim(constant + other.constant, sum);
    }

    public Dim minus(Dim other) {
        return plus(other.times(-1));
    }

    public Dim times(long factor) {
        var product = new TreeMap<String, Long>();
        terms.forEach((symbol, f) -> product.put(symbol, f * factor));
        return new Dim(constant * factor, product);
    }

    /**
     * The size under the given sizes of the symbols.
     *
     * @throws IllegalArgumentException if a symbol has no size
     */
    public long evaluate(Map<String, Long> sizes) {
        long value = constant;
        for (var term : terms.entrySet()) {
            Long size = sizes.get(term.getKey());
            if (size == null) {
                throw new IllegalArgumentException("no size for dimension " + term.getKey() + "; known are " + sizes);
            }
            value += term.getValue() * size;
        }
        return value;
    }

    /** Canonical form, read back by {@link #parse}: {@code 2*P+T+1}. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        terms.forEach((symbol, factor) -> {
            text.append(text.isEmpty() || factor < 0 ? "" : "+");
            text.append(factor == 1 ? "" : factor == -1 ? "-" : factor + "*").append(symbol);
        });
        if (text.isEmpty() || constant != 0) {
            text.append(text.isEmpty() || constant < 0 ? "" : "+").append(constant);
        }
        return text.toString();
    }

    /**
     * Reads the form that {@link #toString} writes.
     *
     * @throws IllegalArgumentException if the text is no such form
     */
    public static Dim parse(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("empty dimension; write a number, a symbol or a sum such as P+T");
        }
        Dim sum = of(0);
        for (String term : text.replace("-", "+-").split("\\+")) {
            if (term.isBlank()) {
                continue;
            }
            String body = term.strip();
            long factor = 1;
            if (body.startsWith("-")) {
                factor = -1;
                body = body.substring(1);
            }
            int star = body.indexOf('*');
            if (star >= 0) {
                factor *= Long.parseLong(body.substring(0, star));
                body = body.substring(star + 1);
            }
            boolean number = !body.isEmpty() && Character.isDigit(body.charAt(0));
            sum = sum.plus((number ? of(Long.parseLong(body)) : symbol(body)).times(factor));
        }
        return sum;
    }
}
