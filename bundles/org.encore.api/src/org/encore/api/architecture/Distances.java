package org.encore.api.architecture;

import org.encore.graph.DType;
import org.encore.graph.Dim;
import org.encore.graph.Graph;
import org.encore.graph.Shape;
import org.encore.graph.Tensor;

/**
 * Distances between queries and keys of the own row, and the learnt numbers that stand for them.
 *
 * @param bothWays whether keys behind the query are seen
 * @param first (B) position of each row's first query, or (1) if it is the same for all
 * @param time T, queries
 * @param keys S, the keys, which are at positions 0, 1, 2 …
 */
record Distances(Graph graph, boolean bothWays, Tensor first, Dim time, Dim keys) {

    /** Logarithms of whole powers come out below a whole number by a rounding error; no other distance comes so near to one. */
    private static final double ROUNDING = 1e-4;

    /**
     * What is added to the scores (B or 1, H, T, S).
     *
     * @param table (buckets, H)
     */
    Tensor bias(Positions.Relative relative, Tensor table) {
        return graph.embedding(table, buckets(relative)).transpose(0, 3, 1, 2);
    }

    /** (B or 1, T, S) as in T5 (Raffel et al. 2020; {@code _relative_position_bucket} of its published code). */
    private Tensor buckets(Positions.Relative relative) {
        Dim one = Dim.of(1);
        Tensor query = graph.iota(Shape.of(one, time, one), 1).plus(first.reshape(Shape.of(first.shape().get(0), one, one)));
        Tensor key = graph.iota(Shape.of(one, one, keys), 2);
        Tensor back = query.minus(key);
        if (!bothWays) {
            return bucket(back.max(whole(0)), relative.buckets(), relative.furthest());
        }
        int each = relative.buckets() / 2;
        Tensor forth = key.minus(query);
        Tensor ahead = whole(0).less(forth).cast(DType.INT);
        return bucket(back.max(forth), each, relative.furthest()).plus(ahead.times(whole(each)));
    }

    /** The first half of the buckets has a distance each, the second shares those up to the furthest by their logarithm. */
    private Tensor bucket(Tensor distance, int buckets, int furthest) {
        int near = buckets / 2;
        Tensor times = distance.max(whole(1)).cast(DType.FLOAT).times(1.0 / near);
        Tensor far = times.log().times((buckets - near) / Math.log((double) furthest / near)).plus(graph.constant(ROUNDING)).cast(DType.INT);
        return graph.where(distance.less(whole(near)), distance, far.plus(whole(near)).min(whole(buckets - 1)));
    }

    private Tensor whole(int number) {
        return graph.constant(number, DType.INT, Shape.SCALAR);
    }
}
