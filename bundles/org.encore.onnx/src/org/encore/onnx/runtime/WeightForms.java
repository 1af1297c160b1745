package org.encore.onnx.runtime;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.function.Supplier;

import org.encore.api.quantization.Codes;
import org.encore.api.quantization.Storage;
import org.encore.api.weights.Weights;
import org.encore.onnx.compile.Compiled;
import org.encore.onnx.compile.View;
import org.jspecify.annotations.Nullable;

/** Writes weights as operators want them. Views of one parameter that follow each other share its codes. */
public final class WeightForms {

    private static final int TILE = 64;

    private final Weights weights;
    private String coded = "";
    private @Nullable Codes codes;

    public WeightForms(Weights weights) {
        this.weights = weights;
    }

    /** Elements from the buffer's position on, in the buffer's order of bytes. */
    public void write(Compiled.Weight weight, ByteBuffer into) {
        int out = (int) weight.parameter().shape().get(0).size();
        int in = weight.parameter().shape().rank() < 2 ? 1 : (int) weight.parameter().shape().get(1).size();
        switch (weight.view()) {
            case View.Plain() -> into.asFloatBuffer().put(values(weight));
            case View.Transposed() -> transpose(values(weight), out, in, into.asFloatBuffer());
            case View.ChannelColumns(boolean signed) -> columns(channels(weight, out, in), signed ? 0 : 128, into);
            case View.ChannelRows() -> into.put(channels(weight, out, in).codes());
            case View.ChannelScales() -> into.asFloatBuffer().put(channels(weight, out, in).scales());
            case View.Packed(var form) -> pack(blocks(weight, form, out, in).codes(), form.bits(), into);
            case View.PackedRows(var form) -> pack(blocks(weight, form, out, in).codes(), form.bits(), into);
            case View.PackedZeros(var form) -> packRows(blocks(weight, form, out, in).zeroPoints(), form.count(in), form.bits(), into);
            case View.BlockCodes(var form) -> into.put(blocks(weight, form, out, in).codes());
            case View.BlockZeros(var form) -> into.put(blocks(weight, form, out, in).zeroPoints());
            case View.BlockScales(var form) -> into.asFloatBuffer().put(blocks(weight, form, out, in).scales());
        }
    }

    private FloatBuffer values(Compiled.Weight weight) {
        return weights.of(weight.parameter()).data().duplicate().rewind();
    }

    /** Forgets the codes made last. */
    void clear() {
        coded = "";
        codes = null;
    }

    private Codes.Channels channels(Compiled.Weight weight, int out, int in) {
        return (Codes.Channels) codes(weight, new Storage.Channels(), () -> Codes.Channels.of(values(weight), out, in));
    }

    private Codes.Blocks blocks(Compiled.Weight weight, Storage.Blocks form, int out, int in) {
        return (Codes.Blocks) codes(weight, form, () -> Codes.Blocks.of(form, values(weight), out, in));
    }

    private Codes codes(Compiled.Weight weight, Storage form, Supplier<Codes> make) {
        String name = weight.parameter().name() + " " + form;
        Codes known = codes;
        if (known == null || !coded.equals(name)) {
            known = make.get();
            codes = known;
            coded = name;
        }
        return known;
    }

    /** In tiles, so that neither side leaves the nearest cache. */
    private static void transpose(FloatBuffer from, int out, int in, FloatBuffer into) {
        for (int o = 0; o < out; o += TILE) {
            for (int i = 0; i < in; i += TILE) {
                for (int oo = o; oo < Math.min(out, o + TILE); oo++) {
                    for (int ii = i; ii < Math.min(in, i + TILE); ii++) {
                        into.put(ii * out + oo, from.get(oo * in + ii));
                    }
                }
            }
        }
    }

    private static void columns(Codes.Channels codes, int offset, ByteBuffer into) {
        int start = into.position();
        for (int o = 0; o < codes.out(); o += TILE) {
            for (int i = 0; i < codes.in(); i += TILE) {
                for (int oo = o; oo < Math.min(codes.out(), o + TILE); oo++) {
                    for (int ii = i; ii < Math.min(codes.in(), i + TILE); ii++) {
                        into.put(start + ii * codes.out() + oo, (byte) (codes.codes()[oo * codes.in() + ii] + offset));
                    }
                }
            }
        }
    }

    private static void packRows(byte[] codes, int columns, int bits, ByteBuffer into) {
        var row = new byte[columns];
        for (int from = 0; from < codes.length; from += columns) {
            System.arraycopy(codes, from, row, 0, columns);
            pack(row, bits, into);
        }
    }

    /** Low bits first; what is left of the last byte is 0. */
    private static void pack(byte[] codes, int bits, ByteBuffer into) {
        if (bits == 8) {
            into.put(codes);
            return;
        }
        var packed = new byte[(codes.length + 1) / 2];
        for (int i = 0; i < codes.length; i++) {
            packed[i / 2] |= (byte) (codes[i] << 4 * (i % 2));
        }
        into.put(packed);
    }
}
