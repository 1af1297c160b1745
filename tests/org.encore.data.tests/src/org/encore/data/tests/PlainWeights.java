package org.encore.data.tests;

import java.util.Arrays;
import java.util.Map;

import org.encore.api.weights.Weights;

/** What transformers written out in double precision have in common, over the tensors of a checkpoint under its own names. */
record PlainWeights(Map<String, Weights.Values> tensors) {

    float[] of(String name) {
        return tensors.get(name).toArray();
    }

    /** A row of a table. */
    double[] row(String name, int row, int width) {
        float[] table = of(name);
        var values = new double[width];
        Arrays.setAll(values, i -> table[row * width + i]);
        return values;
    }

    /** A matrix (out, in) times a vector. */
    double[] times(String name, double[] x) {
        float[] matrix = of(name);
        var y = new double[matrix.length / x.length];
        for (int o = 0; o < y.length; o++) {
            for (int i = 0; i < x.length; i++) {
                y[o] += matrix[o * x.length + i] * x[i];
            }
        }
        return y;
    }

    /** RMSNorm. @param offset what is added to the tensor to give the gain */
    double[] norm(String name, double[] x, double epsilon, double offset) {
        float[] gain = of(name);
        double scale = 1 / Math.sqrt(Arrays.stream(x).map(v -> v * v).sum() / x.length + epsilon);
        var y = new double[x.length];
        Arrays.setAll(y, i -> x[i] * scale * (offset + gain[i]));
        return y;
    }

    double[][] norm(String name, double[][] rows, double epsilon, double offset) {
        return Arrays.stream(rows).map(x -> norm(name, x, epsilon, offset)).toArray(double[][]::new);
    }

    /** Each head turned in halves. */
    static double[] rotated(double[] x, int headSize, double theta, int position) {
        var y = new double[x.length];
        for (int head = 0; head < x.length; head += headSize) {
            for (int i = 0; i < headSize / 2; i++) {
                double angle = position * Math.pow(theta, -2.0 * i / headSize);
                double a = x[head + i];
                double b = x[head + i + headSize / 2];
                y[head + i] = a * Math.cos(angle) - b * Math.sin(angle);
                y[head + i + headSize / 2] = b * Math.cos(angle) + a * Math.sin(angle);
            }
        }
        return y;
    }

    /** gelu(gate) * up, tanh form. */
    static double[] gated(double[] gate, double[] up) {
        var y = new double[up.length];
        Arrays.setAll(y, i -> up[i] * 0.5 * gate[i] * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (gate[i] + 0.044715 * gate[i] * gate[i] * gate[i]))));
        return y;
    }

    static double[] sum(double[] a, double[] b) {
        var sum = new double[a.length];
        Arrays.setAll(sum, i -> a[i] + b[i]);
        return sum;
    }

    static void add(double[][] x, double[][] y) {
        Arrays.setAll(x, t -> sum(x[t], y[t]));
    }
}
