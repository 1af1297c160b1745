package org.encore.graph.op;

import java.util.List;

import org.encore.graph.ShapeException;
import org.encore.graph.TensorType;

/** What computes a tensor. An interpreter is one exhaustive switch over {@link Leaf} and {@link Primitive}; a {@link Composite} expands into them. */
public sealed interface Op permits Leaf, Primitive, Composite {

    /**
     * The type of the result.
     *
     * @throws ShapeException if the operands do not fit
     */
    TensorType infer(List<TensorType> inputs);

    /** Name in messages and in the text form: the record's name with a small first letter. */
    default String name() {
        String simple = getClass().getSimpleName();
        return Character.toLowerCase(simple.charAt(0)) + simple.substring(1);
    }
}
