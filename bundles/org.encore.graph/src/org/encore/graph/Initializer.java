package org.encore.graph;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.SplittableRandom;

/** How a parameter starts. Each parameter draws from its own stream keyed by (seed, name), so adding one never changes another. */
public sealed interface Initializer {

    /** Normal with mean 0. */
    record Normal(double standardDeviation) implements Initializer {}

    /** Every element the same. */
    record Constant(double value) implements Initializer {}

    /**
     * The starting values.
     *
     * @param seed of the run
     * @param name of the parameter
     * @param size number of elements
     */
    default float[] draw(long seed, String name, int size) {
        var values = new float[size];
        switch (this) {
            case Constant(double value) -> java.util.Arrays.fill(values, (float) value);
            case Normal(double deviation) -> {
                var stream = stream(seed, name);
                for (int i = 0; i < size; i++) {
                    values[i] = (float) (deviation * gaussian(stream));
                }
            }
        }
        return values;
    }

    /** Box-Muller over StrictMath: the same bits on every JDK, which {@code nextGaussian} does not promise. */
    private static double gaussian(SplittableRandom stream) {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - stream.nextDouble()));
        return radius * StrictMath.cos(2 * StrictMath.PI * stream.nextDouble());
    }

    private static SplittableRandom stream(long seed, String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest((seed + " " + name).getBytes(StandardCharsets.UTF_8));
            return new SplittableRandom(ByteBuffer.wrap(digest).getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
