/**
 * Operations. {@link org.encore.graph.op.Primitive} and {@link org.encore.graph.op.Leaf} are closed sets, which an interpreter covers with
 * one exhaustive switch; {@link org.encore.graph.op.Composite} is open and expands into them.
 */
@NullMarked
package org.encore.graph.op;

import org.jspecify.annotations.NullMarked;
