package org.encore.reference;

import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

import org.encore.graph.DType;
import org.encore.graph.Tensor;
import org.encore.graph.op.Primitive;

/** Every primitive by its definition. */
final class Primitives {

    private Primitives() {}

    static Value compute(Primitive op, List<Value> in, Tensor tensor, Map<String, Long> sizes) {
        long[] shape = tensor.shape().evaluate(sizes);
        return switch (op) {
            case Primitive.Embedding() -> embedding(in.get(0), in.get(1), shape);
            case Primitive.Linear() -> linear(in, shape);
            case Primitive.MatMul() -> matMul(in.get(0), in.get(1), shape);
            case Primitive.Unary(var function) -> unary(in.get(0), function(function));
            case Primitive.Binary(var function) -> binary(in.get(0), in.get(1), shape, function(function));
            case Primitive.Compare(var relation) -> binary(in.get(0), in.get(1), shape, relation(relation));
            case Primitive.Where() -> where(in, shape);
            case Primitive.Softmax(int axis) -> alongAxis(in.get(0), tensor.shape().axis(axis), false);
            case Primitive.LogSoftmax(int axis) -> alongAxis(in.get(0), tensor.shape().axis(axis), true);
            case Primitive.Reduce(var kind, int axis, boolean keep) -> reduce(in.get(0), kind, tensor.inputs().getFirst().shape().axis(axis), shape);
            case Primitive.Concat(int axis) -> concat(in, tensor.shape().axis(axis), shape);
            case Primitive.Slice(int axis, var start, var end) -> slice(in.get(0), tensor.shape().axis(axis), (int) start.evaluate(sizes), shape);
            case Primitive.Reshape(var to) -> new Value(shape, in.get(0).data());
            case Primitive.Transpose(var permutation) -> transpose(in.get(0), permutation, shape);
            case Primitive.Gather(int axis) -> gather(in.get(0), in.get(1), tensor.shape().axis(axis), shape);
            case Primitive.Sort(int axis) -> sorted(in.get(0), tensor.shape().axis(axis));
            case Primitive.Cast(DType to) -> to == DType.BOOL ? unary(in.get(0), x -> x == 0 ? 0 : 1) : to == DType.INT ? unary(in.get(0), x -> (long) x) : in.get(0);
            case Primitive.Dropout(double probability) -> in.get(0);
            case Primitive.StopGradient() -> in.get(0);
        };
    }

    private static DoubleUnaryOperator function(Primitive.Unary.Function function) {
        return switch (function) {
            case NEG -> x -> -x;
            case SQRT -> Math::sqrt;
            case RSQRT -> x -> 1 / Math.sqrt(x);
            case EXP -> Math::exp;
            case LOG -> Math::log;
            case SIN -> Math::sin;
            case COS -> Math::cos;
            case SIGMOID -> x -> 1 / (1 + Math.exp(-x));
            case TANH -> Math::tanh;
            case SILU -> x -> x / (1 + Math.exp(-x));
            case GELU_TANH -> x -> 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
        };
    }

    private static DoubleBinaryOperator function(Primitive.Binary.Function function) {
        return switch (function) {
            case ADD -> (a, b) -> a + b;
            case SUB -> (a, b) -> a - b;
            case MUL -> (a, b) -> a * b;
            case DIV -> (a, b) -> a / b;
            case MAX -> Math::max;
            case MIN -> Math::min;
            case AND -> (a, b) -> a != 0 && b != 0 ? 1 : 0;
            case OR -> (a, b) -> a != 0 || b != 0 ? 1 : 0;
        };
    }

    private static DoubleBinaryOperator relation(Primitive.Compare.Relation relation) {
        return switch (relation) {
            case LESS -> (a, b) -> a < b ? 1 : 0;
            case LESS_EQUAL -> (a, b) -> a <= b ? 1 : 0;
            case EQUAL -> (a, b) -> a == b ? 1 : 0;
        };
    }

    private static Value embedding(Value table, Value ids, long[] shape) {
        int width = (int) table.shape()[1];
        Value result = Value.zeros(shape);
        for (int i = 0; i < ids.data().length; i++) {
            int id = (int) ids.data()[i];
            if (id < 0 || id >= table.shape()[0]) {
                throw new IllegalArgumentException("token " + id + " is not in a vocabulary of " + table.shape()[0]);
            }
            System.arraycopy(table.data(), id * width, result.data(), i * width, width);
        }
        return result;
    }

    private static Value linear(List<Value> in, long[] shape) {
        Value x = in.get(0);
        Value weight = in.get(1);
        int out = (int) weight.shape()[0];
        int width = (int) weight.shape()[1];
        Value result = Value.zeros(shape);
        for (int row = 0; row < x.data().length / width; row++) {
            for (int o = 0; o < out; o++) {
                double sum = in.size() == 3 ? in.get(2).data()[o] : 0;
                for (int i = 0; i < width; i++) {
                    sum += x.data()[row * width + i] * weight.data()[o * width + i];
                }
                result.data()[row * out + o] = sum;
            }
        }
        return result;
    }

    private static Value matMul(Value a, Value b, long[] shape) {
        int inner = (int) a.shape()[a.shape().length - 1];
        // read both as broadcast over the result, then walk along the inner axis by hand
        int[] ofA = a.strides(shape);
        int[] ofB = b.strides(shape);
        int alongA = inner == 1 ? 0 : 1;
        ofA[shape.length - 1] = 0;
        ofA[shape.length - 2] = a.shape()[a.shape().length - 2] == 1 ? 0 : inner;
        int alongB = (int) b.shape()[b.shape().length - 1];
        ofB[shape.length - 2] = 0;
        ofB[shape.length - 1] = alongB == 1 ? 0 : 1;
        Value result = Value.zeros(shape);
        var index = new Index(shape);
        for (int i = 0; i < result.data().length; i++, index.next()) {
            int baseA = index.offset(ofA);
            int baseB = index.offset(ofB);
            double sum = 0;
            for (int k = 0; k < inner; k++) {
                sum += a.data()[baseA + k * alongA] * b.data()[baseB + k * alongB];
            }
            result.data()[i] = sum;
        }
        return result;
    }

    private static Value unary(Value x, DoubleUnaryOperator function) {
        return new Value(x.shape(), java.util.Arrays.stream(x.data()).map(function).toArray());
    }

    private static Value binary(Value a, Value b, long[] shape, DoubleBinaryOperator function) {
        int[] ofA = a.strides(shape);
        int[] ofB = b.strides(shape);
        Value result = Value.zeros(shape);
        var index = new Index(shape);
        for (int i = 0; i < result.data().length; i++, index.next()) {
            result.data()[i] = function.applyAsDouble(a.data()[index.offset(ofA)], b.data()[index.offset(ofB)]);
        }
        return result;
    }

    private static Value where(List<Value> in, long[] shape) {
        int[] ofCondition = in.get(0).strides(shape);
        int[] ofThen = in.get(1).strides(shape);
        int[] ofOtherwise = in.get(2).strides(shape);
        Value result = Value.zeros(shape);
        var index = new Index(shape);
        for (int i = 0; i < result.data().length; i++, index.next()) {
            boolean then = in.get(0).data()[index.offset(ofCondition)] != 0;
            result.data()[i] = then ? in.get(1).data()[index.offset(ofThen)] : in.get(2).data()[index.offset(ofOtherwise)];
        }
        return result;
    }

    private static Value alongAxis(Value x, int axis, boolean logarithm) {
        int inner = inner(x.shape(), axis);
        int length = (int) x.shape()[axis];
        Value result = Value.zeros(x.shape());
        for (int i = 0; i < x.data().length; i++) {
            int start = i / (inner * length) * inner * length + i % inner;
            double max = Double.NEGATIVE_INFINITY;
            for (int k = 0; k < length; k++) {
                max = Math.max(max, x.data()[start + k * inner]);
            }
            double sum = 0;
            for (int k = 0; k < length; k++) {
                sum += Math.exp(x.data()[start + k * inner] - max);
            }
            result.data()[i] = logarithm ? x.data()[i] - max - Math.log(sum) : Math.exp(x.data()[i] - max) / sum;
        }
        return result;
    }

    private static Value sorted(Value x, int axis) {
        int inner = inner(x.shape(), axis);
        int length = (int) x.shape()[axis];
        Value result = Value.zeros(x.shape());
        for (int start = 0; start < x.data().length; start++) {
            if (start / inner % length == 0) {
                var line = new double[length];
                for (int k = 0; k < length; k++) {
                    line[k] = x.data()[start + k * inner];
                }
                java.util.Arrays.sort(line);
                for (int k = 0; k < length; k++) {
                    result.data()[start + k * inner] = line[length - 1 - k];
                }
            }
        }
        return result;
    }

    private static int inner(long[] shape, int axis) {
        int inner = 1;
        for (int i = axis + 1; i < shape.length; i++) {
            inner *= (int) shape[i];
        }
        return inner;
    }

    private static Value reduce(Value x, Primitive.Reduce.Kind kind, int axis, long[] shape) {
        int inner = inner(x.shape(), axis);
        int length = (int) x.shape()[axis];
        Value result = Value.zeros(shape);
        for (int i = 0; i < result.data().length; i++) {
            int start = i / inner * inner * length + i % inner;
            double sum = 0;
            double max = Double.NEGATIVE_INFINITY;
            for (int k = 0; k < length; k++) {
                sum += x.data()[start + k * inner];
                max = Math.max(max, x.data()[start + k * inner]);
            }
            result.data()[i] = switch (kind) {
                case SUM -> sum;
                case MEAN -> sum / length;
                case MAX -> max;
            };
        }
        return result;
    }

    private static Value concat(List<Value> in, int axis, long[] shape) {
        int inner = inner(shape, axis);
        Value result = Value.zeros(shape);
        int offset = 0;
        for (Value part : in) {
            int length = (int) part.shape()[axis] * inner;
            for (int outer = 0; outer < (length == 0 ? 0 : part.data().length / length); outer++) {
                System.arraycopy(part.data(), outer * length, result.data(), outer * (int) shape[axis] * inner + offset, length);
            }
            offset += length;
        }
        return result;
    }

    private static Value slice(Value x, int axis, int start, long[] shape) {
        int inner = inner(shape, axis);
        int length = (int) shape[axis] * inner;
        Value result = Value.zeros(shape);
        for (int outer = 0; outer < (length == 0 ? 0 : result.data().length / length); outer++) {
            System.arraycopy(x.data(), outer * (int) x.shape()[axis] * inner + start * inner, result.data(), outer * length, length);
        }
        return result;
    }

    private static Value transpose(Value x, List<Integer> permutation, long[] shape) {
        var strides = new int[shape.length];
        for (int i = 0; i < shape.length; i++) {
            strides[i] = inner(x.shape(), permutation.get(i));
        }
        Value result = Value.zeros(shape);
        var index = new Index(shape);
        for (int i = 0; i < result.data().length; i++, index.next()) {
            result.data()[i] = x.data()[index.offset(strides)];
        }
        return result;
    }

    private static Value gather(Value x, Value picks, int axis, long[] shape) {
        int[] ofPicks = picks.strides(shape);
        var ofX = new int[shape.length];
        for (int i = 0; i < shape.length; i++) {
            ofX[i] = i == axis ? 0 : inner(x.shape(), i);
        }
        int along = inner(x.shape(), axis);
        Value result = Value.zeros(shape);
        var index = new Index(shape);
        for (int i = 0; i < result.data().length; i++, index.next()) {
            int pick = (int) picks.data()[index.offset(ofPicks)];
            if (pick < 0 || pick >= x.shape()[axis]) {
                throw new IllegalArgumentException("gather of entry " + pick + " of an axis of size " + x.shape()[axis]);
            }
            result.data()[i] = x.data()[index.offset(ofX) + pick * along];
        }
        return result;
    }
}
