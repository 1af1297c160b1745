package org.encore.graph.op;

import java.util.List;

import org.encore.graph.Graph;
import org.encore.graph.Tensor;

/**
 * An operation that is made of others. Open to plug-ins: an interpreter fuses the composites that it knows and expands the rest, so a
 * plug-in's own composite runs everywhere on its first day. Implement it as a record with public components, so that it prints and parses.
 */
public non-sealed interface Composite extends Op {

    /**
     * The same computation in simpler operations.
     *
     * @param graph where to build them
     * @param inputs operands, as many as {@link #infer} accepted
     * @return a tensor of the type that {@link #infer} promised
     */
    Tensor expand(Graph graph, List<Tensor> inputs);
}
