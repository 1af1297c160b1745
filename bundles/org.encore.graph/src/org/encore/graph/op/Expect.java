package org.encore.graph.op;

import java.util.List;
import java.util.function.Supplier;

import org.encore.graph.DType;
import org.encore.graph.ShapeException;
import org.encore.graph.TensorType;

/** Conditions on operands, with a remedy for each. Public for the composites of plug-ins. */
public final class Expect {

    private Expect() {}

    /** @throws ShapeException unless there are this many operands */
    public static void operands(List<TensorType> inputs, int count) {
        fit(inputs.size() == count, () -> inputs.size() + " operands", () -> "Give " + count + ".");
    }

    /** @throws ShapeException unless the operand has this element kind */
    public static void dtype(TensorType type, DType expected, String role) {
        fit(type.dtype() == expected, () -> role + " is " + type, () -> "It must be " + expected.name().toLowerCase() + ": cast it.");
    }

    /** @throws ShapeException unless the condition holds */
    public static void fit(boolean condition, String problem, String remedy) {
        fit(condition, () -> problem, () -> remedy);
    }

    /** As {@link #fit(boolean, String, String)}; words are put together only if they are needed, because graphs are built by the thousand. */
    public static void fit(boolean condition, Supplier<String> problem, String remedy) {
        fit(condition, problem, () -> remedy);
    }

    /** As {@link #fit(boolean, Supplier, String)}, with a remedy that depends on the operands too. */
    public static void fit(boolean condition, Supplier<String> problem, Supplier<String> remedy) {
        if (!condition) {
            throw new ShapeException(problem.get(), remedy.get());
        }
    }

    static TensorType alongAxis(List<TensorType> in, int axis) {
        operands(in, 1);
        dtype(in.get(0), DType.FLOAT, "operand");
        in.get(0).shape().axis(axis);
        return in.get(0);
    }
}
