package org.encore.reference;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.encore.api.weights.Weights;
import org.encore.graph.Parameter;
import org.encore.graph.Program;
import org.encore.graph.Shape;
import org.encore.graph.Tensor;
import org.encore.graph.op.Composite;
import org.encore.graph.op.Leaf;
import org.encore.graph.op.Primitive;

/** Evaluates programs in double precision: composites are expanded, primitives computed by their definition. Dropout does nothing. */
public final class Reference {

    private final Program program;
    private final Program flat;

    public Reference(Program program) {
        this.program = program;
        this.flat = program.expanded(composite -> false);
    }

    /**
     * The outputs.
     *
     * @param inputs by name
     * @param weights value of each parameter
     * @throws IllegalArgumentException if an input is missing or sizes contradict each other
     */
    public Map<String, Value> run(Map<String, Value> inputs, Function<Parameter, Value> weights) {
        Map<String, Long> sizes = sizes(inputs);
        var values = new HashMap<Tensor, Value>();
        Map<Tensor, Integer> reads = reads();
        for (Tensor tensor : flat.tensors()) {
            List<Value> operands = tensor.inputs().stream().map(values::get).toList();
            Value value = switch (tensor.op()) {
                case Leaf leaf -> leaf(leaf, tensor.shape(), inputs, weights, sizes);
                case Primitive primitive -> Primitives.compute(primitive, operands, tensor, sizes);
                case Composite composite -> throw new IllegalStateException(composite.name() + " was not expanded");
            };
            long[] promised = tensor.shape().evaluate(sizes);
            if (!java.util.Arrays.equals(promised, value.shape())) {
                throw new IllegalStateException(tensor + " gave " + java.util.Arrays.toString(value.shape()) + " instead of "
                        + java.util.Arrays.toString(promised));
            }
            values.put(tensor, value);
            for (Tensor operand : tensor.inputs()) {
                if (reads.merge(operand, -1, Integer::sum) == 0) {
                    values.remove(operand);
                }
            }
        }
        var outputs = new LinkedHashMap<String, Value>();
        flat.outputs().forEach((name, tensor) -> outputs.put(name, values.get(tensor)));
        return outputs;
    }

    /**
     * How often each tensor is read, outputs once more: what nobody reads any more is let go, so that a large model's weights are not all there at
     * once.
     */
    private Map<Tensor, Integer> reads() {
        var reads = new HashMap<Tensor, Integer>();
        flat.tensors().forEach(tensor -> tensor.inputs().forEach(operand -> reads.merge(operand, 1, Integer::sum)));
        flat.outputs().values().forEach(output -> reads.merge(output, 1, Integer::sum));
        return reads;
    }

    /** Weights as values. */
    public static Function<Parameter, Value> values(Weights weights) {
        return parameter -> Value.of(weights.of(parameter).shape(), weights.of(parameter).toArray());
    }

    /**
     * The derivative of a scalar output by one element of a parameter: a central difference.
     *
     * @param step distance to either side; 1e-5 leaves an error of about 1e-9
     */
    public double derivative(String output, Map<String, Value> inputs, Function<Parameter, Value> weights, String parameter, int element, double step) {
        return (moved(output, inputs, weights, parameter, element, step) - moved(output, inputs, weights, parameter, element, -step)) / (2 * step);
    }

    private double moved(String output, Map<String, Value> inputs, Function<Parameter, Value> weights, String parameter, int element, double by) {
        return run(inputs, p -> {
            Value value = weights.apply(p);
            if (!p.name().equals(parameter)) {
                return value;
            }
            double[] data = value.data().clone();
            data[element] += by;
            return new Value(value.shape(), data);
        }).get(output).data()[0];
    }

    private Map<String, Long> sizes(Map<String, Value> inputs) {
        var sizes = new HashMap<String, Long>();
        program.symbols().forEach((symbol, axis) -> sizes.put(symbol, input(axis.input(), inputs).shape()[axis.axis()]));
        return sizes;
    }

    private Value input(String name, Map<String, Value> inputs) {
        Value value = inputs.get(name);
        if (value == null) {
            throw new IllegalArgumentException("program " + program.name() + " needs input " + name + "; given are " + inputs.keySet());
        }
        return value;
    }

    private Value leaf(Leaf leaf, Shape shape, Map<String, Value> inputs, Function<Parameter, Value> weights, Map<String, Long> sizes) {
        return switch (leaf) {
            case Leaf.Input(String label, var type) -> input(label, inputs);
            case Leaf.Weight(Parameter parameter) -> weights.apply(parameter);
            case Leaf.Constant(double value, var type) -> {
                Value filled = Value.zeros(shape.evaluate(sizes));
                java.util.Arrays.fill(filled.data(), value);
                yield filled;
            }
            case Leaf.Size(var dim) -> Value.scalar(dim.evaluate(sizes));
            case Leaf.Iota(Shape of, int axis) -> {
                Value counted = Value.zeros(of.evaluate(sizes));
                var index = new Index(counted.shape());
                for (int i = 0; i < counted.data().length; i++, index.next()) {
                    counted.data()[i] = index.at[of.axis(axis)];
                }
                yield counted;
            }
        };
    }
}
