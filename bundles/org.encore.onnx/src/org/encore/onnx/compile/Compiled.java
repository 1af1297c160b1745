package org.encore.onnx.compile;

import java.util.List;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;

import org.encore.graph.Parameter;
import org.encore.onnx.proto.ElementType;

/**
 * A program as an ONNX file.
 *
 * @param file ModelProto
 * @param inputs names that a caller supplies
 * @param outputs names that a caller may ask for
 * @param weights initialisers whose elements lie outside the file
 * @param takesRowEnds whether the caller also supplies {@link Compiler#ROW_ENDS} and {@link Compiler#LONGEST}
 * @param grown names of append states whose operator grows them in place: given and
 *        taken (as {@link Compiler#output}) as one buffer of full capacity
 * @param rotations tables of cosines and sines that the caller supplies
 */
public record Compiled(byte[] file, List<String> inputs, List<String> outputs, List<Weight> weights, boolean takesRowEnds,
        Set<String> grown, List<Rotation> rotations) {

    /**
     * A parameter as the graph wants it.
     *
     * @param view what of it
     */
    public record Weight(Parameter parameter, View view) {

        /** In the graph. */
        public String name() {
            return parameter.name() + view.suffix();
        }

        public long[] shape() {
            return view.shape(parameter);
        }

        public ElementType type() {
            return view.type();
        }

        /** Bytes of its elements. */
        public long bytes() {
            long count = 1;
            for (long dim : shape()) {
                count *= dim;
            }
            return count * type().bytes();
        }
    }

    /**
     * Angles for positions 0, 1, 2 …: inputs {@link #cos} and {@link #sin}, (positions, half) each.
     *
     * @param half half of the head size
     */
    public record Rotation(double theta, int half) {

        /**
         * Rows for positions 0, 1, 2 …
         *
         * @param function cosine or sine
         * @return (positions, half), row by row
         */
        public float[] table(int positions, DoubleUnaryOperator function) {
            var table = new float[positions * half];
            for (int position = 0; position < positions; position++) {
                for (int i = 0; i < half; i++) {
                    table[position * half + i] = (float) function.applyAsDouble(position * Math.pow(theta, -(double) i / half));
                }
            }
            return table;
        }

        public String cos() {
            return "cos:" + theta + ":" + half;
        }

        public String sin() {
            return "sin:" + theta + ":" + half;
        }
    }
}
