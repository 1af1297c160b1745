package org.encore.onnx.runtime;

import org.encore.api.weights.Weights;
import org.encore.onnx.compile.Compiled;

/** Weights in the forms that graphs want. */
public final class WeightForms {

    private WeightForms() {}

    /** Elements in the form that the graph wants. */
    public static float[] elements(Weights weights, Compiled.Weight weight) {
        float[] given = weights.of(weight.parameter()).toArray();
        if (!weight.transposed()) {
            return given;
        }
        int in = (int) weight.shape()[0];
        int out = (int) weight.shape()[1];
        var turned = new float[given.length];
        for (int o = 0; o < out; o++) {
            for (int i = 0; i < in; i++) {
                turned[i * out + o] = given[o * in + i];
            }
        }
        return turned;
    }
}
