package org.encore.graph;

import java.util.Arrays;
import java.util.List;

import org.encore.graph.op.Op;
import org.encore.graph.op.Primitive;
import org.encore.graph.op.Primitive.Binary;
import org.encore.graph.op.Primitive.Compare;
import org.encore.graph.op.Primitive.Reduce;
import org.encore.graph.op.Primitive.Unary;

/** A value of a graph: one operation applied to other tensors. The methods build further operations in the same graph. */
public final class Tensor {

    private final Graph graph;
    private final int id;
    private final Op op;
    private final List<Tensor> inputs;
    private final TensorType type;
    private final String path;

    Tensor(Graph graph, int id, Op op, List<Tensor> inputs, TensorType type, String path) {
        this.graph = graph;
        this.id = id;
        this.op = op;
        this.inputs = List.copyOf(inputs);
        this.type = type;
        this.path = path;
    }

    /** Position in its graph: operands have smaller numbers. */
    public int id() {
        return id;
    }

    public Op op() {
        return op;
    }

    public List<Tensor> inputs() {
        return inputs;
    }

    public TensorType type() {
        return type;
    }

    public Shape shape() {
        return type.shape();
    }

    public DType dtype() {
        return type.dtype();
    }

    /** Where in the architecture it was built, such as {@code decoder.7.cross}; empty at the top. */
    public String path() {
        return path;
    }

    public Graph graph() {
        return graph;
    }

    public Tensor plus(Tensor other) {
        return binary(Binary.Function.ADD, other);
    }

    public Tensor minus(Tensor other) {
        return binary(Binary.Function.SUB, other);
    }

    public Tensor times(Tensor other) {
        return binary(Binary.Function.MUL, other);
    }

    public Tensor times(double factor) {
        return times(graph.constant(factor));
    }

    public Tensor dividedBy(Tensor other) {
        return binary(Binary.Function.DIV, other);
    }

    public Tensor min(Tensor other) {
        return binary(Binary.Function.MIN, other);
    }

    public Tensor max(Tensor other) {
        return binary(Binary.Function.MAX, other);
    }

    public Tensor and(Tensor other) {
        return binary(Binary.Function.AND, other);
    }

    public Tensor or(Tensor other) {
        return binary(Binary.Function.OR, other);
    }

    public Tensor less(Tensor other) {
        return graph.apply(new Compare(Compare.Relation.LESS), this, other);
    }

    public Tensor lessEqual(Tensor other) {
        return graph.apply(new Compare(Compare.Relation.LESS_EQUAL), this, other);
    }

    public Tensor equalTo(Tensor other) {
        return graph.apply(new Compare(Compare.Relation.EQUAL), this, other);
    }

    public Tensor exp() {
        return unary(Unary.Function.EXP);
    }

    /** Natural logarithm. */
    public Tensor log() {
        return unary(Unary.Function.LOG);
    }

    public Tensor cos() {
        return unary(Unary.Function.COS);
    }

    public Tensor sin() {
        return unary(Unary.Function.SIN);
    }

    public Tensor rsqrt() {
        return unary(Unary.Function.RSQRT);
    }

    public Tensor silu() {
        return unary(Unary.Function.SILU);
    }

    public Tensor geluTanh() {
        return unary(Unary.Function.GELU_TANH);
    }

    public Tensor tanh() {
        return unary(Unary.Function.TANH);
    }

    public Tensor sigmoid() {
        return unary(Unary.Function.SIGMOID);
    }

    public Tensor softmax(int axis) {
        return graph.apply(new Primitive.Softmax(axis), this);
    }

    /** Natural logarithm of the softmax. */
    public Tensor logSoftmax(int axis) {
        return graph.apply(new Primitive.LogSoftmax(axis), this);
    }

    /** Elements along an axis from the largest to the smallest. */
    public Tensor sorted(int axis) {
        return graph.apply(new Primitive.Sort(axis), this);
    }

    /** Mean along an axis, which is kept with size 1. */
    public Tensor mean(int axis) {
        return graph.apply(new Reduce(Reduce.Kind.MEAN, axis, true), this);
    }

    /** Sum along an axis, which is kept with size 1. */
    public Tensor sum(int axis) {
        return graph.apply(new Reduce(Reduce.Kind.SUM, axis, true), this);
    }

    public Tensor matmul(Tensor other) {
        return graph.apply(new Primitive.MatMul(), this, other);
    }

    public Tensor reshape(Shape shape) {
        return shape.equals(shape()) ? this : graph.apply(new Primitive.Reshape(shape), this);
    }

    public Tensor transpose(Integer... permutation) {
        return graph.apply(new Primitive.Transpose(Arrays.asList(permutation)), this);
    }

    /** Elements start (inclusive) to end (exclusive) along an axis. */
    public Tensor slice(int axis, Dim start, Dim end) {
        return graph.apply(new Primitive.Slice(axis, start, end), this);
    }

    /** Elements picked along an axis; see {@link Primitive.Gather}. */
    public Tensor gather(int axis, Tensor index) {
        return graph.apply(new Primitive.Gather(axis), this, index);
    }

    public Tensor cast(DType to) {
        return to == dtype() ? this : graph.apply(new Primitive.Cast(to), this);
    }

    private Tensor unary(Unary.Function function) {
        return graph.apply(new Unary(function), this);
    }

    private Tensor binary(Binary.Function function, Tensor other) {
        return graph.apply(new Binary(function), this, other);
    }

    @Override
    public String toString() {
        return "%" + id + " = " + op.name() + ": " + type + (path.isEmpty() ? "" : " @" + path);
    }
}
