package org.encore.testing;

import java.nio.FloatBuffer;

import org.encore.api.inference.Generator;
import org.encore.api.inference.Logits;

/**
 * A generator without a model: of two tokens the second is the likeliest, always, and takes no time. For tests of what drives generators, such as races; what
 * a test looks at, it overrides. Rows are neither chosen nor taken back.
 *
 * @since 0.1.0
 */
public class SameToken implements Generator {

    private static final float[] SCORES = {0, 1};

    private int rows = 1;

    @Override
    public Logits start(int[][] sources) {
        rows = sources.length;
        return logits();
    }

    @Override
    public Logits next(int[] tokens) {
        return logits();
    }

    private Logits logits() {
        var scores = FloatBuffer.allocate(rows * SCORES.length);
        for (int row = 0; row < rows; row++) {
            scores.put(SCORES);
        }
        return new Logits(rows, SCORES.length, scores.flip());
    }

    @Override
    public void select(int[] kept) {
        throw new UnsupportedOperationException("nobody chooses rows of this one");
    }

    @Override
    public void rewind(int count) {
        throw new UnsupportedOperationException("nobody takes back what this one wrote");
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public void close() {
        // holds nothing
    }
}
