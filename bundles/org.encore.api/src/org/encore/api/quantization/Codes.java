package org.encore.api.quantization;

import java.nio.FloatBuffer;

/**
 * A matrix (out, in) in codes. All backends that store codes use these, so that "the dequantised weights" is one well-defined model: comparing with it
 * checks the arithmetic, comparing with the original the loss of precision.
 */
public sealed interface Codes {

    /**
     * Codes of {@link Storage.Channels}: element = code * scale of its output.
     *
     * @param codes -127 to 127, row by row
     * @param scales one for each output
     */
    record Channels(int out, int in, byte[] codes, float[] scales) implements Codes {

        /** The nearest codes; an output's largest magnitude becomes 127. */
        public static Channels of(FloatBuffer values, int out, int in) {
            var codes = new byte[Math.multiplyExact(out, in)];
            var scales = new float[out];
            var row = new float[in];
            for (int o = 0; o < out; o++) {
                values.get(o * in, row);
                float most = 0;
                for (float value : row) {
                    most = Math.max(most, Math.abs(value));
                }
                float scale = most / 127;
                float inverse = scale == 0 ? 0 : 1 / scale;
                scales[o] = scale;
                for (int i = 0; i < in; i++) {
                    codes[o * in + i] = (byte) Math.clamp(Math.round(row[i] * inverse), -127, 127);
                }
            }
            return new Channels(out, in, codes, scales);
        }

        @Override
        public float[] values() {
            var values = new float[codes.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = codes[i] * scales[i / in];
            }
            return values;
        }
    }

    /**
     * Codes of {@link Storage.Blocks}: element = (code - zero point) * scale of its block.
     *
     * @param codes 0 to 2^bits - 1, (out, blocks * size): the last block of a row is filled up with its zero point
     * @param scales (out, blocks)
     * @param zeroPoints (out, blocks); the middle code, 2^(bits - 1), everywhere if the form has none
     */
    record Blocks(Storage.Blocks form, int out, int in, byte[] codes, float[] scales, byte[] zeroPoints) implements Codes {

        /** The nearest codes of each block. */
        public static Blocks of(Storage.Blocks form, FloatBuffer values, int out, int in) {
            int count = form.count(in);
            int size = form.size();
            var blocks = new Blocks(form, out, in, new byte[Math.multiplyExact(out, count * size)], new float[out * count], new byte[out * count]);
            var row = new float[count * size];
            for (int o = 0; o < out; o++) {
                values.get(o * in, row, 0, in);
                for (int block = 0; block < count; block++) {
                    blocks.fill(o * count + block, row, block * size, Math.min(size, in - block * size));
                }
            }
            return blocks;
        }

        private int most() {
            return (1 << form.bits()) - 1;
        }

        private int middle() {
            return 1 << form.bits() - 1;
        }

        private void fill(int block, float[] row, int from, int count) {
            float low = 0;
            float high = 0;
            for (int i = from; i < from + count; i++) {
                low = Math.min(low, row[i]);
                high = Math.max(high, row[i]);
            }
            float scale;
            int zero;
            if (form.zeroPoints()) {
                scale = (high - low) / most();
                zero = scale == 0 ? middle() : Math.clamp(Math.round(-low / scale), 0, most());
            } else {
                // there is one code more below the middle than above: the value of largest magnitude gets it, whatever its sign
                scale = -low > high ? low / -middle() : high / -middle();
                zero = middle();
            }
            float inverse = scale == 0 ? 0 : 1 / scale;
            scales[block] = scale;
            zeroPoints[block] = (byte) zero;
            int at = block * form.size();
            for (int i = 0; i < form.size(); i++) {
                codes[at + i] = (byte) (i < count ? Math.clamp(Math.round(row[from + i] * inverse) + zero, 0, most()) : zero);
            }
        }

        @Override
        public float[] values() {
            int count = form.count(in);
            var values = new float[out * in];
            for (int o = 0; o < out; o++) {
                for (int i = 0; i < in; i++) {
                    int block = o * count + i / form.size();
                    values[o * in + i] = ((codes[o * count * form.size() + i] & 0xff) - (zeroPoints[block] & 0xff)) * scales[block];
                }
            }
            return values;
        }
    }

    /** The matrix that the codes stand for, row by row. */
    float[] values();
}
