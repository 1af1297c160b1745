package org.encore.onnx.compile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.encore.api.quantization.Storage;
import org.encore.graph.Parameter;
import org.encore.onnx.proto.ElementType;
import org.encore.onnx.proto.OnnxGraph;

/**
 * Matrices in codes as operators: ONNX Runtime's kernels where it has them, and otherwise standard operators that compute the dequantised matrix, which
 * a runtime may fold when it loads.
 */
final class QuantizedOperators {

    /** The kernels' number of the accuracy that quantises activations to int8, and of that which leaves them fp32. */
    private static final int WITH_INT8 = 4;
    private static final int WITH_FP32 = 1;
    /** Smallest block that the kernels take. */
    private static final int SMALLEST_BLOCK = 16;
    /** What is added to a code with sign where the runtime wants it without. */
    private static final int OFFSET = 128;

    private final OnnxGraph onnx;
    private final Form form;
    private final WeightTable weights;

    QuantizedOperators(OnnxGraph onnx, Form form, WeightTable weights) {
        this.onnx = onnx;
        this.form = form;
        this.weights = weights;
    }

    private boolean hasKernels() {
        return form.dialect() == Dialect.ONNX_RUNTIME;
    }

    // ---- one scale for each output

    String channels(boolean biased, String x, Parameter parameter, Supplier<String> bias) {
        String scales = weights.use(parameter, new View.ChannelScales());
        if (!hasKernels()) {
            String codes = weights.use(parameter, new View.ChannelColumns(true));
            // not DequantizeLinear: ONNX Runtime makes a kernel of it that quantises activations
            String product = onnx.node("MatMul", Map.of(), x, onnx.node("Mul", Map.of(), real(codes), scales));
            return biased ? onnx.node("Add", Map.of(), product, bias.get()) : product;
        }
        var operands = new ArrayList<>(List.of(x, weights.use(parameter, new View.ChannelColumns(form.signedProducts())), scales));
        if (!form.signedProducts() || biased) {
            operands.add(form.signedProducts() ? "" : onnx.small(OFFSET));
        }
        if (biased) {
            operands.add(bias.get());
        }
        return onnx.node(OnnxGraph.MICROSOFT, "DynamicQuantizeMatMul", Map.of(), operands.toArray(String[]::new));
    }

    String lookUp(Parameter table, String ids) {
        String codes = onnx.node("Gather", Map.of("axis", 0), weights.use(table, new View.ChannelRows()), ids);
        String scales = onnx.node("Gather", Map.of("axis", 0), weights.use(table, new View.ChannelScales()), ids);
        return onnx.node("Mul", Map.of(), real(codes), onnx.node("Unsqueeze", Map.of(), scales, onnx.longs(false, -1)));
    }

    // ---- scales of blocks

    /** Whether there is a kernel that multiplies by such a matrix. */
    boolean multiplies(Storage.Blocks blocks) {
        return hasKernels() && packs(blocks);
    }

    private static boolean packs(Storage.Blocks blocks) {
        return (blocks.bits() == 4 || blocks.bits() == 8) && blocks.size() >= SMALLEST_BLOCK && Integer.bitCount(blocks.size()) == 1;
    }

    String blocks(Storage.Blocks blocks, boolean biased, String x, Parameter parameter, Supplier<String> bias) {
        var operands = new ArrayList<>(List.of(x, weights.use(parameter, new View.Packed(blocks)), weights.use(parameter, new View.BlockScales(blocks))));
        if (blocks.zeroPoints() || biased) {
            operands.add(blocks.zeroPoints() ? weights.use(parameter, new View.PackedZeros(blocks)) : "");
        }
        if (biased) {
            operands.add("");
            operands.add(bias.get());
        }
        int accuracy = switch (blocks.activations()) {
            case INT8 -> WITH_INT8;
            case FP32 -> WITH_FP32;
        };
        return onnx.node(OnnxGraph.MICROSOFT, "MatMulNBits", Map.of("N", parameter.shape().get(0).size(), "K", parameter.shape().get(1).size(),
                "bits", blocks.bits(), "block_size", blocks.size(), "accuracy_level", accuracy), operands.toArray(String[]::new));
    }

    /** The matrix (out, in). */
    String dequantized(Storage.Blocks blocks, Parameter parameter) {
        String values = values(weights.use(parameter, new View.BlockCodes(blocks)),
                blocks.zeroPoints() ? weights.use(parameter, new View.BlockZeros(blocks)) : onnx.small(1 << blocks.bits() - 1),
                weights.use(parameter, new View.BlockScales(blocks)));
        long out = parameter.shape().get(0).size();
        String matrix = onnx.node("Reshape", Map.of(), values, onnx.longs(false, out, -1));
        return cut(blocks, parameter, matrix, 1);
    }

    /**
     * Rows of a table.
     *
     * @param axes of the ids
     */
    String lookUp(Storage.Blocks blocks, Parameter table, String ids, int axes) {
        boolean whole = table.shape().get(1).size() % blocks.size() == 0;
        if (multiplies(blocks) && whole) {
            var operands = new ArrayList<>(List.of(weights.use(table, new View.PackedRows(blocks)), ids, weights.use(table, new View.BlockScales(blocks))));
            if (blocks.zeroPoints()) {
                operands.add(weights.use(table, new View.PackedZeros(blocks)));
            }
            return onnx.node(OnnxGraph.MICROSOFT, "GatherBlockQuantized", Map.of("bits", blocks.bits(), "block_size", blocks.size(), "gather_axis", 0,
                    "quantize_axis", 1), operands.toArray(String[]::new));
        }
        String codes = onnx.node("Gather", Map.of("axis", 0), weights.use(table, new View.BlockCodes(blocks)), ids);
        String zeros = blocks.zeroPoints() ? onnx.node("Gather", Map.of("axis", 0), weights.use(table, new View.BlockZeros(blocks)), ids)
                : onnx.small(1 << blocks.bits() - 1);
        String scales = onnx.node("Gather", Map.of("axis", 0), weights.use(table, new View.BlockScales(blocks)), ids);
        var shape = new long[axes + 1]; // 0 keeps an axis as it is
        shape[axes] = -1;
        return cut(blocks, table, onnx.node("Reshape", Map.of(), values(codes, zeros, scales), onnx.longs(false, shape)), axes);
    }

    private String values(String codes, String zeros, String scales) {
        String centred = onnx.node("Sub", Map.of(), real(codes), real(zeros));
        return onnx.node("Mul", Map.of(), centred, onnx.node("Unsqueeze", Map.of(), scales, onnx.longs(false, -1)));
    }

    /** Without what fills up the last block. */
    private String cut(Storage.Blocks blocks, Parameter parameter, String values, int axis) {
        long in = parameter.shape().get(1).size();
        return in % blocks.size() == 0 ? values
                : onnx.node("Slice", Map.of(), values, onnx.longs(false, 0), onnx.longs(false, in), onnx.longs(false, axis));
    }

    private String real(String codes) {
        return onnx.node("Cast", Map.of("to", ElementType.FLOAT.number()), codes);
    }
}
