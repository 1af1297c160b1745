package org.encore.experiment.distil;

/** Numbers of double precision among tensors of single precision, bit for bit: each as four whole numbers of 16 bits. */
final class Exactly {

    private static final int PARTS = 4;

    private Exactly() {}

    static float[] floats(double... numbers) {
        var floats = new float[PARTS * numbers.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = Double.doubleToRawLongBits(numbers[i / PARTS]) >>> 16 * (i % PARTS) & 0xFFFF;
        }
        return floats;
    }

    static double[] doubles(float[] floats) {
        var bits = new long[floats.length / PARTS];
        for (int i = 0; i < bits.length * PARTS; i++) {
            bits[i / PARTS] |= (long) floats[i] << 16 * (i % PARTS);
        }
        return java.util.Arrays.stream(bits).mapToDouble(Double::longBitsToDouble).toArray();
    }
}
