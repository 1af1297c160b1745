import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.encore.api.architecture.Block;
import org.encore.api.weights.Weights;
import org.encore.architectures.DecoderOnly;
import org.encore.graph.Model;
import org.encore.graph.Parameter;

/**
 * Writes a decoder-only model as a GGUF file of llama.cpp's architecture {@code llama}: a header of keys, the names of all tensors, and their elements,
 * each beginning at a multiple of 32 bytes. Matrices in fp32, or in blocks of 32 with a scale in fp16: {@code q8_0} and {@code q4_0}.
 */
final class Gguf {

    /** Forms of a matrix. */
    enum Form {
        F32(0, 4), Q8_0(8, 34.0 / 32), Q4_0(2, 18.0 / 32);

        private final int code;
        private final double bytesOfWeight;

        Form(int code, double bytesOfWeight) {
            this.code = code;
            this.bytesOfWeight = bytesOfWeight;
        }
    }

    private static final int BLOCK = 32;
    private static final int UINT32 = 4;
    private static final int INT32 = 5;
    private static final int FLOAT32 = 6;
    private static final int STRING = 8;
    private static final int ARRAY = 9;

    /** A tensor under llama.cpp's name. @param heads whose rows are put in pairs for its rotation; 0 for none */
    private record Entry(String name, Parameter parameter, int heads, Form form, long offset) {
        long bytes() {
            return Math.round(parameter.size() * form.bytesOfWeight);
        }
    }

    private final ByteArrayOutputStream keys = new ByteArrayOutputStream();
    private int keyCount;

    private Gguf() {}

    /** Writes the file. */
    static void write(Path file, Model model, DecoderOnly.Options options, Weights weights, Form form) throws IOException {
        var gguf = new Gguf();
        gguf.keys(model, options);
        List<Entry> entries = entries(model, options, form);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            var header = new ByteArrayOutputStream();
            header.write("GGUF".getBytes(StandardCharsets.US_ASCII));
            header.write(little(20).putInt(3).putLong(entries.size()).putLong(gguf.keyCount).array());
            header.write(gguf.keys.toByteArray());
            for (Entry entry : entries) {
                long[] shape = entry.parameter().shape().evaluate(java.util.Map.of());
                header.write(text(entry.name()));
                ByteBuffer described = little(4 + 8 * shape.length + 12).putInt(shape.length);
                for (int i = shape.length - 1; i >= 0; i--) {
                    described.putLong(shape[i]);   // innermost first
                }
                header.write(described.putInt(entry.form().code).putLong(entry.offset()).array());
            }
            out.write(header.toByteArray());
            out.write(new byte[(int) (padded(header.size()) - header.size())]);
            for (Entry entry : entries) {
                float[] values = weights.of(entry.parameter()).toArray();
                byte[] bytes = encode(entry.heads() == 0 ? values : paired(values, entry.heads(), entry.parameter()), entry.form());
                out.write(bytes);
                out.write(new byte[(int) (padded(bytes.length) - bytes.length)]);
            }
        }
    }

    private void keys(Model model, DecoderOnly.Options options) {
        Block block = options.block();
        key("general.architecture", "llama");
        key("general.name", "encore");
        key("general.alignment", BLOCK);
        key("llama.context_length", 8192);
        key("llama.embedding_length", block.width());
        key("llama.block_count", options.layers());
        key("llama.feed_forward_length", block.hidden());
        key("llama.attention.head_count", block.heads());
        key("llama.attention.head_count_kv", block.kvHeads());
        key("llama.attention.key_length", block.headSize());
        key("llama.attention.value_length", block.headSize());
        key("llama.rope.dimension_count", block.headSize());
        key("llama.attention.layer_norm_rms_epsilon", (float) block.normEpsilon());
        key("llama.rope.freq_base", (float) block.ropeTheta());
        key("llama.vocab_size", model.vocabularySize());
        vocabulary(model.vocabularySize());
    }

    /** llama.cpp wants a tokenizer; nothing is ever tokenised. */
    private void vocabulary(int size) {
        key("tokenizer.ggml.model", "llama");
        array("tokenizer.ggml.tokens", STRING, size);
        for (int i = 0; i < size; i++) {
            put(text("<" + i + ">"));
        }
        array("tokenizer.ggml.scores", FLOAT32, size);
        put(new byte[4 * size]);
        array("tokenizer.ggml.token_type", INT32, size);
        for (int i = 0; i < size; i++) {
            put(little(4).putInt(1).array());
        }
        key("tokenizer.ggml.bos_token_id", 1);
        key("tokenizer.ggml.eos_token_id", 2);
    }

    private static List<Entry> entries(Model model, DecoderOnly.Options options, Form form) {
        Block block = options.block();
        var entries = new ArrayList<Entry>();
        long offset = 0;
        for (Parameter parameter : model.parameters()) {
            String name = name(parameter.name());
            int heads = name.endsWith("attn_q.weight") ? block.heads() : name.endsWith("attn_k.weight") ? block.kvHeads() : 0;
            var entry = new Entry(name, parameter, heads, parameter.shape().rank() == 2 ? form : Form.F32, offset);
            entries.add(entry);
            offset += padded(entry.bytes());
        }
        return entries;
    }

    private static String name(String ours) {
        return switch (ours) {
            case "embedding" -> "token_embd.weight";
            case "decoder.norm.gain" -> "output_norm.weight";
            default -> {
                String[] parts = ours.split("\\.", 3);   // decoder, 7, self.q.weight
                yield "blk." + parts[1] + "." + switch (parts[2]) {
                    case "n1.gain" -> "attn_norm.weight";
                    case "self.q.weight" -> "attn_q.weight";
                    case "self.k.weight" -> "attn_k.weight";
                    case "self.v.weight" -> "attn_v.weight";
                    case "self.o.weight" -> "attn_output.weight";
                    case "n2.gain" -> "ffn_norm.weight";
                    case "mlp.gate.weight" -> "ffn_gate.weight";
                    case "mlp.up.weight" -> "ffn_up.weight";
                    case "mlp.down.weight" -> "ffn_down.weight";
                    default -> throw new IllegalArgumentException("llama.cpp's llama has nothing like " + ours);
                };
            }
        };
    }

    /** We turn element i of a head with i + K/2, llama.cpp element 2i with 2i + 1. */
    private static float[] paired(float[] values, int heads, Parameter parameter) {
        int rows = (int) parameter.shape().get(0).size();
        int columns = (int) parameter.shape().get(1).size();
        int size = rows / heads;
        var paired = new float[values.length];
        for (int row = 0; row < rows; row++) {
            int head = row / size;
            int i = row % size;
            int from = head * size + (i % 2 == 0 ? i / 2 : size / 2 + i / 2);
            System.arraycopy(values, from * columns, paired, row * columns, columns);
        }
        return paired;
    }

    private static byte[] encode(float[] values, Form form) {
        ByteBuffer bytes = little((int) Math.round(values.length * form.bytesOfWeight));
        switch (form) {
            case F32 -> {
                for (float value : values) {
                    bytes.putFloat(value);
                }
            }
            case Q8_0 -> {
                for (int at = 0; at < values.length; at += BLOCK) {
                    float largest = 0;
                    for (int i = 0; i < BLOCK; i++) {
                        largest = Math.max(largest, Math.abs(values[at + i]));
                    }
                    float scale = largest / 127;
                    bytes.putShort(Float.floatToFloat16(scale));
                    for (int i = 0; i < BLOCK; i++) {
                        bytes.put((byte) Math.round(scale == 0 ? 0 : values[at + i] / scale));
                    }
                }
            }
            case Q4_0 -> {
                for (int at = 0; at < values.length; at += BLOCK) {
                    float extreme = 0;
                    for (int i = 0; i < BLOCK; i++) {
                        extreme = Math.abs(values[at + i]) > Math.abs(extreme) ? values[at + i] : extreme;
                    }
                    float scale = extreme / -8;
                    bytes.putShort(Float.floatToFloat16(scale));
                    for (int i = 0; i < BLOCK / 2; i++) {
                        bytes.put((byte) (code(values[at + i], scale) | code(values[at + BLOCK / 2 + i], scale) << 4));
                    }
                }
            }
        }
        return bytes.array();
    }

    private static int code(float value, float scale) {
        return scale == 0 ? 8 : Math.clamp((int) (value / scale + 8.5f), 0, 15);
    }

    private void key(String name, String value) {
        begin(name, STRING);
        put(text(value));
    }

    private void key(String name, int value) {
        begin(name, UINT32);
        put(little(4).putInt(value).array());
    }

    private void key(String name, float value) {
        begin(name, FLOAT32);
        put(little(4).putFloat(value).array());
    }

    private void array(String name, int type, long size) {
        begin(name, ARRAY);
        put(little(12).putInt(type).putLong(size).array());
    }

    private void begin(String name, int type) {
        put(text(name));
        put(little(4).putInt(type).array());
        keyCount++;
    }

    private void put(byte[] bytes) {
        keys.writeBytes(bytes);
    }

    private static byte[] text(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        return little(8 + bytes.length).putLong(bytes.length).put(bytes).array();
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static long padded(long size) {
        return (size + BLOCK - 1) / BLOCK * BLOCK;
    }
}
