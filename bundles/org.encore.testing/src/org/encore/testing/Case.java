package org.encore.testing;

import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

import org.encore.api.architecture.Build;
import org.encore.api.weights.Weights;
import org.encore.graph.Initializer;
import org.encore.graph.Model;
import org.encore.graph.Names;
import org.encore.graph.Parameter;
import org.encore.reference.Reference;
import org.encore.reference.Value;

/**
 * One model with weights and inputs.
 *
 * @param name for reports
 * @param model of the vocabulary of {@link Inputs}
 * @param weights of the model
 * @param inputs of the model
 */
public record Case(String name, Model model, Weights weights, Inputs inputs) {

    private static final double DEVIATION = 0.35;

    /** What an architecture is given to build from. */
    public static Build build(String architecture) {
        return new Build(architecture, Inputs.VOCABULARY, Inputs.START);
    }

    /** With random weights and inputs. */
    public static Case of(String name, Model model, Random random) {
        return new Case(name, model, weights(model, random), Inputs.random(random));
    }

    /** Random weights that hide nothing: gates and gains are far from where they start. */
    public static Weights weights(Model model, Random random) {
        var drawn = new LinkedHashMap<String, Weights.Values>();
        for (Parameter parameter : model.parameters()) {
            long[] shape = parameter.shape().evaluate(Map.of());
            double center = parameter.initializer() instanceof Initializer.Constant(double value) ? value : 0;
            double deviation = shape.length < 2 ? DEVIATION : Math.min(DEVIATION, 1 / Math.sqrt(shape[shape.length - 1]));
            var values = new float[(int) parameter.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (center + deviation * random.nextGaussian());
            }
            drawn.put(parameter.name(), new Weights.Values(shape, FloatBuffer.wrap(values)));
        }
        return new Weights(drawn);
    }

    /** (B, T, V) logits of the train program by the reference interpreter. */
    public Value trainLogits() {
        return trainLogits(inputs.train());
    }

    Value trainLogits(Map<String, Value> of) {
        return new Reference(model.train()).run(of, Reference.values(weights)).get(Names.LOGITS);
    }

    @Override
    public String toString() {
        return name;
    }
}
