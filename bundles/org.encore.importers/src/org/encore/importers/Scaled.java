package org.encore.importers;

import java.nio.FloatBuffer;
import java.util.function.DoubleUnaryOperator;

import org.encore.api.weights.Weights;

/** Tensors into which a factor or summand goes that a model applies elsewhere. */
final class Scaled {

    private Scaled() {}

    static Weights.Values times(Weights.Values values, double factor) {
        return each(values, x -> x * factor);
    }

    static Weights.Values plus(Weights.Values values, double summand) {
        return each(values, x -> x + summand);
    }

    private static Weights.Values each(Weights.Values values, DoubleUnaryOperator function) {
        float[] numbers = values.toArray();
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) function.applyAsDouble(numbers[i]);
        }
        return new Weights.Values(values.shape(), FloatBuffer.wrap(numbers));
    }
}
