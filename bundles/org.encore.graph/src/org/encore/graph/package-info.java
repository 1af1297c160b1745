/**
 * The model graph: a small, typed, backend-neutral description of a computation, without any dependency.
 *
 * <p>Start with {@link org.encore.graph.Graph}, which builds a {@link org.encore.graph.Program}; a {@link org.encore.graph.Model} is three of
 * them. Operations are in {@link org.encore.graph.op}; the text form and the structural hash in {@link org.encore.graph.text}.
 *
 * <pre>{@code
 * var graph = new Graph("square");
 * var x = graph.input("x", DType.FLOAT, Shape.of(Dim.symbol("B"), Dim.of(4)));
 * var program = graph.finish(Map.of("y", x.times(x)));
 * }</pre>
 */
@NullMarked
package org.encore.graph;

import org.jspecify.annotations.NullMarked;
