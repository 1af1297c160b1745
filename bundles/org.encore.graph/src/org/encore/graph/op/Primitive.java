package org.encore.graph.op;

import static org.encore.graph.op.Expect.dtype;
import static org.encore.graph.op.Expect.fit;
import static org.encore.graph.op.Expect.operands;

import java.util.ArrayList;
import java.util.List;

import org.encore.graph.DType;
import org.encore.graph.Dim;
import org.encore.graph.Shape;
import org.encore.graph.ShapeException;
import org.encore.graph.TensorType;

/** The closed set of operations that every interpreter implements. Shapes are written outermost axis first; axes may be negative. */
public sealed interface Primitive extends Op {

    /** Rows of a table: table (V, D), ids (…) gives (…, D). Its backward pass is deterministic. */
    record Embedding() implements Primitive {
        @Override
        public TensorType infer(List<TensorType> in) {
            operands(in, 2);
            dtype(in.get(0), DType.FLOAT, "table");
            dtype(in.get(1), DType.INT, "ids");
            fit(in.get(0).shape().rank() == 2, () -> "table " + in.get(0).shape() + " is not (vocabulary, width)", "Give a table of rank 2.");
            return new TensorType(DType.FLOAT, in.get(1).shape().insert(-1, in.get(0).shape().get(1)));
        }
    }

    /** x (…, I) times weight (O, I) transposed, plus an optional bias (O): gives (…, O). */
    record Linear() implements Primitive {
        @Override
        public TensorType infer(List<TensorType> in) {
            fit(in.size() == 2 || in.size() == 3, () -> in.size() + " operands", "Give x, weight and, if wanted, bias.");
            in.forEach(type -> dtype(type, DType.FLOAT, "operand"));
            Shape x = in.get(0).shape();
            Shape weight = in.get(1).shape();
            fit(weight.rank() == 2, () -> "weight " + weight + " is not (out, in)", "Give a weight of rank 2.");
            fit(x.rank() >= 1 && x.get(-1).equals(weight.get(1)),
                    () -> "x " + x + " does not end in the weight's input size: weight " + weight + " is (out, in)",
                    () -> "Make the last axis of x " + weight.get(1) + ".");
            fit(in.size() == 2 || in.get(2).shape().equals(Shape.of(weight.get(0))),
                    () -> "bias does not have the weight's output size: weight " + weight,
                    () -> "Give a bias of shape (" + weight.get(0) + ").");
            return new TensorType(DType.FLOAT, x.with(-1, weight.get(0)));
        }
    }

    /** Batched matrix product: (…, M, K) times (…, K, N) gives (…, M, N); leading axes broadcast. */
    record MatMul() implements Primitive {
        @Override
        public TensorType infer(List<TensorType> in) {
            operands(in, 2);
            Shape a = in.get(0).shape();
            Shape b = in.get(1).shape();
            fit(a.rank() >= 2 && b.rank() >= 2, () -> a + " times " + b + ": both need two axes at least", "Reshape the smaller one.");
            fit(a.get(-1).equals(b.get(-2)), () -> a + " times " + b + ": inner sizes " + a.get(-1) + " and " + b.get(-2) + " differ",
                    "Transpose one of them, or make the inner sizes equal.");
            Shape batch = Shape.broadcast(a.without(-1).without(-1), b.without(-1).without(-1));
            return new TensorType(DType.FLOAT, batch.insert(-1, a.get(-2)).insert(-1, b.get(-1)));
        }
    }

    /** A function of one number, applied everywhere. */
    record Unary(Function function) implements Primitive {
        /** The functions. {@code GELU_TANH} is 0.5x(1+tanh(sqrt(2/pi)(x+0.044715x^3))), Hendrycks and Gimpel, arXiv 1606.08415. */
        public enum Function {
            NEG, SQRT, RSQRT, EXP, LOG, SIN, COS, SIGMOID, TANH, SILU, GELU_TANH
        }

        @Override
        public TensorType infer(List<TensorType> in) {
            operands(in, 1);
            dtype(in.get(0), DType.FLOAT, "operand");
            return in.get(0);
        }
    }

    /** A function of two numbers; operands broadcast and have one element kind. AND and OR take truth values, the others numbers. */
    record Binary(Function function) implements Primitive {
        /** The functions. DIV of integers is not defined. */
        public enum Function {
            ADD, SUB, MUL, DIV, MAX, MIN, AND, OR
        }

        @Override
        public TensorType infer(List<TensorType> in) {
            operands(in, 2);
            boolean logical = function == Function.AND || function == Function.OR;
            DType kind = in.get(0).dtype();
            fit(kind == in.get(1).dtype() && (kind == DType.BOOL) == logical && !(function == Function.DIV && kind == DType.INT),
                    () -> function + " of " + in.get(0) + " and " + in.get(1), "Cast one of them.");
            return new TensorType(kind, Shape.broadcast(in.get(0).shape(), in.get(1).shape()));
        }
    }

    /** A comparison of two numbers of one kind: gives truth values. */
    record Compare(Relation relation) implements Primitive {
        /** The relations. */
        public enum Relation {
            LESS, LESS_EQUAL, EQUAL
        }

        @Override
        public TensorType infer(List<TensorType> in) {
            operands(in, 2);
            fit(in.get(0).dtype() == in.get(1).dtype(), () -> relation + " of " + in.get(0) + " and " + in.get(1), "Cast one of them.");
            return new TensorType(DType.BOOL, Shape.broadcast(in.get(0).shape(), in.get(1).shape()));
        }
    }

    /** condition ? a : b, element by element; all three broadcast. */
    record Where() implements Primitive {
        @Override
        public TensorType infer(List<TensorType> in) {
            operands(in, 3);
            dtype(in.get(0), DType.BOOL, "condition");
            fit(in.get(1).dtype() == in.get(2).dtype(), () -> "where of " + in.get(1) + " and " + in.get(2), "Cast one of them.");
            return new TensorType(in.get(1).dtype(), Shape.broadcast(in.get(0).shape(), Shape.broadcast(in.get(1).shape(), in.get(2).shape())));
        }
    }

    /** exp(x) over its sum along an axis. */
    record Softmax(int axis) implements Primitive {
        @Override
        public TensorType infer(List<TensorType> in) {
            return Expect.alongAxis(in, axis);
        }
    }

    /** Natural logarithm of the softmax, computed without overflow. */
    record LogSoftmax(int axis) implements Primitive {
        @Override
        public TensorType infer(List<TensorType> in) {
            return Expect.alongAxis(in, axis);
        }
    }

    /** Sum, mean or maximum along one axis, which is kept with size 1 or dropped. */
    record Reduce(Kind kind, int axis, boolean keep) implements Primitive {
        /** The reductions. */
        public enum Kind {
            SUM, MEAN, MAX
        }

        @Override
        public TensorType infer(List<TensorType> in) {
            Shape shape = Expect.alongAxis(in, axis).shape();
            return new TensorType(DType.FLOAT, keep ? shape.with(axis, Dim.of(1)) : shape.without(axis));
        }
    }

    /** Operands one after another along an axis. */
    record Concat(int axis) implements Primitive {
        @Override
        public TensorType infer(List<TensorType> in) {
            fit(!in.isEmpty(), "no operands", "Give one at least.");
            Shape shape = in.getFirst().shape();
            for (TensorType next : in.subList(1, in.size())) {
                fit(next.dtype() == in.getFirst().dtype() && next.shape().rank() == shape.rank()
                        && next.shape().without(axis).equals(shape.without(axis)),
                        () -> in.getFirst() + " and " + next + " differ beside axis " + axis, "Make the other axes equal.");
                shape = shape.with(axis, shape.get(axis).plus(next.shape().get(axis)));
            }
            return new TensorType(in.getFirst().dtype(), shape);
        }
    }

    /** Elements start (inclusive) to end (exclusive) along an axis. */
    record Slice(int axis, Dim start, Dim end) implements Primitive {
        @Override
        public TensorType infer(List<TensorType> in) {
            operands(in, 1);
            Dim size = in.get(0).shape().get(axis);
            fit(!(start.isKnown() && end.isKnown()) || start.constant() >= 0 && start.constant() < end.constant()
                    && (!size.isKnown() || end.constant() <= size.constant()),
                    () -> "slice " + start + " to " + end + " of an axis of size " + size, "Keep 0 <= start < end <= size.");
            return new TensorType(in.get(0).dtype(), in.get(0).shape().with(axis, end.minus(start)));
        }
    }

    /** The same elements in another shape. */
    record Reshape(Shape shape) implements Primitive {
        @Override
        public TensorType infer(List<TensorType> in) {
            operands(in, 1);
            fit(in.get(0).shape().sameElements(shape),
                    () -> in.get(0).shape() + " has another number of elements than " + shape, "Make the products equal.");
            return new TensorType(in.get(0).dtype(), shape);
        }
    }

    /** Axes in another order: axis i of the result is axis permutation[i] of the operand. */
    record Transpose(List<Integer> permutation) implements Primitive {
        public Transpose {
            permutation = List.copyOf(permutation);
        }

        @Override
        public TensorType infer(List<TensorType> in) {
            operands(in, 1);
            Shape shape = in.get(0).shape();
            fit(permutation.stream().sorted().toList().equals(java.util.stream.IntStream.range(0, shape.rank()).boxed().toList()),
                    () -> permutation + " is no order of the axes of " + shape, () -> "Name each axis from 0 to " + (shape.rank() - 1) + " once.");
            return new TensorType(in.get(0).dtype(), new Shape(permutation.stream().map(shape::get).toList()));
        }
    }

    /**
     * Elements picked along an axis: x (B, L, D), index (B, T, 1), axis 1 gives (B, T, D). The index has the rank of x; beside the axis its
     * sizes equal those of x or are 1 (broadcast).
     */
    record Gather(int axis) implements Primitive {
        @Override
        public TensorType infer(List<TensorType> in) {
            operands(in, 2);
            dtype(in.get(1), DType.INT, "index");
            Shape x = in.get(0).shape();
            Shape index = in.get(1).shape();
            fit(x.rank() == index.rank(), () -> "x " + x + " and index " + index + " have different ranks", "Reshape the index.");
            var dims = new ArrayList<Dim>();
            for (int i = 0; i < x.rank(); i++) {
                boolean along = i == x.axis(axis);
                int at = i;
                fit(along || index.get(i).equals(x.get(i)) || index.get(i).isOne(), () -> "x " + x + " and index " + index + " differ at axis " + at,
                        () -> "Make the index's size there " + x.get(at) + " or 1.");
                dims.add(along ? index.get(i) : x.get(i));
            }
            return new TensorType(in.get(0).dtype(), new Shape(dims));
        }
    }

    /** Elements along an axis from the largest to the smallest; the gradient of each goes to where it came from. */
    record Sort(int axis) implements Primitive {
        @Override
        public TensorType infer(List<TensorType> in) {
            return Expect.alongAxis(in, axis);
        }
    }

    /** Another element kind; truth values become 0 and 1. */
    record Cast(DType to) implements Primitive {
        @Override
        public TensorType infer(List<TensorType> in) {
            operands(in, 1);
            return new TensorType(to, in.get(0).shape());
        }
    }

    /** In training: zero with this probability, else scaled by 1/(1-p). Elsewhere: nothing. */
    record Dropout(double probability) implements Primitive {
        public Dropout {
            if (!(probability >= 0 && probability < 1)) {
                throw new IllegalArgumentException("dropout " + probability + " is no probability; give 0 <= p < 1");
            }
        }

        @Override
        public TensorType infer(List<TensorType> in) {
            operands(in, 1);
            return in.get(0);
        }
    }

    /** The operand, through which no gradient flows. */
    record StopGradient() implements Primitive {
        @Override
        public TensorType infer(List<TensorType> in) {
            operands(in, 1);
            return in.get(0);
        }
    }
}
