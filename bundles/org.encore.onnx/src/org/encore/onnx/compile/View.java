package org.encore.onnx.compile;

import java.util.Map;

import org.encore.api.quantization.Storage;
import org.encore.graph.Parameter;
import org.encore.onnx.proto.ElementType;

/** What of a parameter an operator takes: N outputs, K inputs, C blocks of an output. */
public sealed interface View {

    /** As it is, fp32. */
    record Plain() implements View {}

    /** (K, N) of (N, K), fp32. */
    record Transposed() implements View {}

    /**
     * (K, N) codes of {@link Storage.Channels}.
     *
     * @param signed -127 to 127; otherwise the same plus 128
     */
    record ChannelColumns(boolean signed) implements View {}

    /** (N, K) codes of {@link Storage.Channels}, -127 to 127. */
    record ChannelRows() implements View {}

    /** (N) scales of {@link Storage.Channels}. */
    record ChannelScales() implements View {}

    /** (N, C, bytes) codes, the low bits of a byte first. */
    record Packed(Storage.Blocks form) implements View {}

    /** The same bytes as (N, C * bytes). */
    record PackedRows(Storage.Blocks form) implements View {}

    /** (N, bytes) zero points, the low bits of a byte first; each output begins a byte. */
    record PackedZeros(Storage.Blocks form) implements View {}

    /** (N, C, size) codes, a byte each. */
    record BlockCodes(Storage.Blocks form) implements View {}

    /** (N, C, 1) zero points, a byte each. */
    record BlockZeros(Storage.Blocks form) implements View {}

    /** (N, C) scales. */
    record BlockScales(Storage.Blocks form) implements View {}

    /** Behind the parameter's name in the graph. */
    default String suffix() {
        return switch (this) {
            case Plain() -> "";
            case Transposed() -> ".T";
            case ChannelColumns(boolean signed) -> signed ? ".codes.T" : ".unsigned.T";
            case ChannelRows() -> ".codes";
            case ChannelScales() -> ".scales";
            case Packed(var form) -> suffix(form, "packed");
            case PackedRows(var form) -> suffix(form, "rows");
            case PackedZeros(var form) -> suffix(form, "packedZeros");
            case BlockCodes(var form) -> suffix(form, "codes");
            case BlockZeros(var form) -> suffix(form, "zeros");
            case BlockScales(var form) -> suffix(form, "scales");
        };
    }

    private static String suffix(Storage.Blocks form, String what) {
        return ".int" + form.bits() + "x" + form.size() + "." + what;
    }

    default ElementType type() {
        return switch (this) {
            case Plain() -> ElementType.FLOAT;
            case Transposed() -> ElementType.FLOAT;
            case ChannelScales() -> ElementType.FLOAT;
            case BlockScales(var form) -> ElementType.FLOAT;
            case ChannelRows() -> ElementType.INT8;
            case ChannelColumns(boolean signed) -> signed ? ElementType.INT8 : ElementType.UINT8;
            case Packed(var form) -> ElementType.UINT8;
            case PackedRows(var form) -> ElementType.UINT8;
            case PackedZeros(var form) -> ElementType.UINT8;
            case BlockCodes(var form) -> ElementType.UINT8;
            case BlockZeros(var form) -> ElementType.UINT8;
        };
    }

    default long[] shape(Parameter parameter) {
        long[] shape = parameter.shape().evaluate(Map.of());
        return switch (this) {
            case Plain() -> shape;
            case Transposed() -> turned(shape);
            case ChannelColumns(boolean signed) -> turned(shape);
            case ChannelRows() -> shape;
            case ChannelScales() -> new long[] {shape[0]};
            case Packed(var form) -> new long[] {shape[0], form.count(shape[1]), bytes(form)};
            case PackedRows(var form) -> new long[] {shape[0], form.count(shape[1]) * bytes(form)};
            case PackedZeros(var form) -> new long[] {shape[0], (form.count(shape[1]) * (long) form.bits() + 7) / 8};
            case BlockCodes(var form) -> new long[] {shape[0], form.count(shape[1]), form.size()};
            case BlockZeros(var form) -> new long[] {shape[0], form.count(shape[1]), 1};
            case BlockScales(var form) -> new long[] {shape[0], form.count(shape[1])};
        };
    }

    private static long[] turned(long[] shape) {
        return new long[] {shape[1], shape[0]};
    }

    private static long bytes(Storage.Blocks form) {
        return (long) form.size() * form.bits() / 8;
    }
}
