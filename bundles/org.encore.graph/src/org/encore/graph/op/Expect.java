package org.encore.graph.op;

import java.util.List;

import org.encore.graph.DType;
import org.encore.graph.ShapeException;
import org.encore.graph.TensorType;

/** Conditions on operands, with a remedy for each. Public for the composites of plug-ins. */
public final class Expect {

    private Expect() {}

    /** @throws ShapeException unless there are this many operands */
    public static void operands(List<TensorType> inputs, int count) {
        fit(inputs.size() == count, inputs.size() + " operands", "Give " + count + ".");
    }

    /** @throws ShapeException unless the operand has this element kind */
    public static void dtype(TensorType type, DType expected, String role) {
        fit(type.dtype() == expected, role + " is " + type, "It must be " + expected.name().toLowerCase() + ": cast it.");
    }

    /** @throws ShapeException unless the condition holds */
    public static void fit(boolean condition, String problem, String remedy) {
        if (!condition) {
            throw new ShapeException(problem, remedy);
        }
    }

    static TensorType alongAxis(List<TensorType> in, int axis) {
        operands(in, 1);
        dtype(in.get(0), DType.FLOAT, "operand");
        in.get(0).shape().axis(axis);
        return in.get(0);
    }
}
