package org.encore.api.weights;

import java.nio.FloatBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.encore.graph.Model;
import org.encore.graph.Parameter;

/**
 * Named fp32 tensors.
 *
 * @param tensors by the parameter's name, in the model's order
 */
public record Weights(Map<String, Values> tensors) {

    /**
     * One tensor.
     *
     * @param shape sizes, outermost first
     * @param data elements, row by row, from position 0 to the limit; callers read through duplicates
     */
    public record Values(long[] shape, FloatBuffer data) {

        public Values {
            long size = 1;
            for (long dim : shape) {
                size *= dim;
            }
            if (size != data.limit()) {
                throw new IllegalArgumentException("shape " + java.util.Arrays.toString(shape) + " needs " + size + " elements, not " + data.limit());
            }
        }

        /** A copy as an array. */
        public float[] toArray() {
            var array = new float[data.limit()];
            data.duplicate().rewind().get(array);
            return array;
        }
    }

    public Weights {
        tensors = tensors instanceof StandIns ? tensors : Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    }

    /**
     * Weights for measuring, whose values mean nothing: of the right sizes and the scale of fresh ones, each parameter a short draw over and over. How long a
     * model computes does not depend on its weights, and models of a billion parameters can be timed without drawing, writing or holding them: a
     * tensor is made each time it is asked for.
     *
     * @since 0.1.0
     */
    public static Weights standIn(Model model, long seed) {
        return new Weights(new StandIns(model, seed));
    }

    /** Fresh weights: each parameter drawn from its own stream of (seed, name). */
    public static Weights initial(Model model, long seed) {
        var drawn = new LinkedHashMap<String, Values>();
        for (Parameter parameter : model.parameters()) {
            float[] values = parameter.initializer().draw(seed, parameter.name(), Math.toIntExact(parameter.size()));
            drawn.put(parameter.name(), new Values(parameter.shape().evaluate(Map.of()), FloatBuffer.wrap(values)));
        }
        return new Weights(drawn);
    }

    /**
     * The tensor of a parameter.
     *
     * @throws IllegalArgumentException if it is missing or has another shape
     */
    public Values of(Parameter parameter) {
        Values values = tensors.get(parameter.name());
        if (values == null) {
            throw new IllegalArgumentException("no tensor " + parameter.name() + "; there are " + tensors.size() + " tensors, such as "
                    + tensors.keySet().stream().limit(3).toList());
        }
        if (!java.util.Arrays.equals(values.shape(), parameter.shape().evaluate(Map.of()))) {
            throw new IllegalArgumentException("tensor " + parameter.name() + " has shape " + java.util.Arrays.toString(values.shape())
                    + ", but the model needs " + parameter.shape());
        }
        return values;
    }
}
