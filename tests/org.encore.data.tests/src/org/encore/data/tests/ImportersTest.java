package org.encore.data.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import org.encore.api.extension.Registry;
import org.encore.api.inference.AttentionMap;
import org.encore.api.inference.Generator;
import org.encore.api.inference.Importer.Imported;
import org.encore.api.inference.LoadedModel;
import org.encore.api.inference.Logits;
import org.encore.api.task.Tokenizer;
import org.encore.api.weights.SafeTensors;
import org.encore.api.weights.Weights;
import org.encore.experiment.export.Attended;
import org.encore.experiment.imported.Continuation;
import org.encore.experiment.imported.ImportedModel;
import org.encore.importers.Llama;
import org.encore.importers.Llama2c;
import org.encore.onnx.OrtCpu;
import org.encore.reference.ReferenceBackend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.google.gson.Gson;

/** Models that others have trained, through the same architecture, compiler and backend as everything else. */
class ImportersTest {

    /** What llama2.c's own program prints for stories260K at temperature 0, as its author published it. */
    private static final String GOLDEN = """
            Once upon a time, there was a little girl named Lily. She loved to play outside in the park. One day, she saw a big, red ball. She wanted to play with it, but it was too high.
            Lily's mom said, "Lily, let's go to the park." Lily was sad and didn't know what to do. She said, "I want to play with your ball, but I can't find it."
            Lily was sad and didn't know what to do. She said, "I'm sorry, Lily. I didn't know what to do."
            Lily didn't want to help her mom, so she said, "I'm sorry, mom. I didn't know what to do." Her mom said, "Don't worry, Lily. We can help you.""";

    private final Registry registry = Registry.ofPlatform();

    // ---- llama2.c

    @Test
    void stories260kTellsTheGoldenStory(@TempDir Path folder) throws IOException {
        Imported imported = new Llama2c().read(Stored.beside("stories260k/stories260K.bin"), new Llama2c.Options(Optional.empty()));
        ImportedModel model = ImportedModel.write(imported, "llama2c", folder.resolve("stories"), registry);
        assertThat(model.model().architecture()).isEqualTo("decoder-only");
        Tokenizer tokenizer = model.tokenizer().orElseThrow();
        int[] prompt = tokenizer.encodeSource("Once upon a time");
        assertThat(prompt).containsExactly(403, 407, 261, 378);
        try (LoadedModel loaded = new OrtCpu().load(model.model(), model.weights(), new OrtCpu.Options(1))) {
            assertThat(tokenizer.decodeTarget(Continuation.greedy(model, loaded, new int[0], 256))).startsWith(GOLDEN);
            assertThat(tokenizer.decodeTarget(Continuation.greedy(model, loaded, prompt, 252))).startsWith(GOLDEN);
        }
    }

    /** However its row is cut into what was read and what was written, a language model looks at the same. */
    @Test
    void aLanguageModelLooksAtTheOneRowThatItReadsAndWrites(@TempDir Path folder) throws IOException {
        Imported imported = new Llama2c().read(Stored.beside("stories260k/stories260K.bin"), new Llama2c.Options(Optional.empty()));
        ImportedModel model = ImportedModel.write(imported, "llama2c", folder.resolve("stories"), registry);
        int[] prompt = {403, 407, 261, 378};
        int[] continuation = {432, 383};
        Attended attended = Attended.ofText(model, registry, prompt, continuation, () -> false);
        List<AttentionMap> whole = new ReferenceBackend().attention(model.model(), model.weights(), new int[] {1, 403, 407, 261, 378, 432, 383}, new int[0], () -> false);
        assertThat(attended.maps()).hasSameSizeAs(whole).hasSize(5);
        for (int i = 0; i < whole.size(); i++) {
            AttentionMap map = attended.maps().get(i);
            assertThat(map.queries().size()).as("start, four of the prompt, two that follow").isEqualTo(7);
            for (int query = 0; query < 7; query++) {
                for (int key = 0; key < 7; key++) {
                    assertThat(map.weight(7, query, key)).isCloseTo(whole.get(i).weight(7, query, key), within(1e-12));
                }
            }
        }
        assertThat(attended.queries(attended.maps().getFirst())).containsExactly("(start)", "Once", "upon", "a", "time → ,", ", → there", "there → ");
        assertThat(attended.keys(attended.maps().getFirst())).containsExactly("(start)", "Once", "upon", "a", "time", ",", "there");
    }

    @Test
    void aTextFromItsBeginningIsLookedAtFromItsFirstToken(@TempDir Path folder) throws IOException {
        Imported imported = new Llama2c().read(Stored.beside("stories260k/stories260K.bin"), new Llama2c.Options(Optional.empty()));
        ImportedModel model = ImportedModel.write(imported, "llama2c", folder.resolve("stories"), registry);
        Attended attended = Attended.ofText(model, registry, new int[0], new int[] {403, 407}, () -> false);
        assertThat(attended.queries(attended.maps().getFirst())).containsExactly("(start)", "Once → upon", "upon → ");
        assertThatThrownBy(() -> Attended.ofText(model, registry, new int[0], new int[0], () -> false)).hasMessage(
                "nothing was read and nothing was written, so nothing was looked at; give a text");
    }

    @Test
    void aCheckpointThatIsCutOffIsNamed(@TempDir Path folder) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(28 + 4 * 100).order(ByteOrder.LITTLE_ENDIAN);
        for (int size : new int[] {8, 16, 1, 2, 1, 20, 16}) {
            bytes.putInt(size);
        }
        Path file = Files.write(folder.resolve("model.bin"), bytes.array());
        assertThatThrownBy(() -> new Llama2c().read(file, new Llama2c.Options(Optional.empty()))).isInstanceOf(IOException.class)
                .hasMessageContaining("model.bin is cut off").hasMessageContaining("embedding needs 160 numbers, but 100 are left");
        Files.write(file, new byte[40]);
        assertThatThrownBy(() -> new Llama2c().read(folder, new Llama2c.Options(Optional.empty()))).isInstanceOf(IOException.class)
                .hasMessageContaining("is no checkpoint of llama2.c, version 0");
        assertThatThrownBy(() -> new Llama2c().read(folder.resolve("none"), new Llama2c.Options(Optional.empty()))).isInstanceOf(IOException.class)
                .hasMessageContaining("none");
    }

    // ---- Hugging Face

    private static final int WIDTH = 12;
    private static final int HIDDEN = 20;
    private static final int HEADS = 4;
    private static final int KEY_HEADS = 2;
    private static final int HEAD = 6;
    private static final int VOCABULARY = 17;
    private static final double THETA = 500;
    private static final double EPSILON = 1e-5;

    /** A tiny model in the layout of Hugging Face's library. */
    private static Map<String, Weights.Values> tiny(Path folder, boolean tied, String more) throws IOException {
        var random = new Random(5);
        var tensors = new LinkedHashMap<String, Weights.Values>();
        tensors.put("model.embed_tokens.weight", values(random, VOCABULARY, WIDTH));
        for (int layer = 0; layer < 2; layer++) {
            String at = "model.layers." + layer + ".";
            tensors.put(at + "input_layernorm.weight", values(random, WIDTH));
            tensors.put(at + "self_attn.q_proj.weight", values(random, HEADS * HEAD, WIDTH));
            tensors.put(at + "self_attn.k_proj.weight", values(random, KEY_HEADS * HEAD, WIDTH));
            tensors.put(at + "self_attn.v_proj.weight", values(random, KEY_HEADS * HEAD, WIDTH));
            tensors.put(at + "self_attn.o_proj.weight", values(random, WIDTH, HEADS * HEAD));
            tensors.put(at + "post_attention_layernorm.weight", values(random, WIDTH));
            tensors.put(at + "mlp.gate_proj.weight", values(random, HIDDEN, WIDTH));
            tensors.put(at + "mlp.up_proj.weight", values(random, HIDDEN, WIDTH));
            tensors.put(at + "mlp.down_proj.weight", values(random, WIDTH, HIDDEN));
        }
        tensors.put("model.norm.weight", values(random, WIDTH));
        if (!tied) {
            tensors.put("lm_head.weight", values(random, VOCABULARY, WIDTH));
        }
        SafeTensors.write(folder.resolve("model.safetensors"), new Weights(tensors), Map.of("format", "pt"));
        Files.writeString(folder.resolve("config.json"), """
                {"architectures": ["LlamaForCausalLM"], "model_type": "llama", "hidden_act": "silu", "hidden_size": %d, "intermediate_size": %d,
                 "num_hidden_layers": 2, "num_attention_heads": %d, "num_key_value_heads": %d, "head_dim": %d, "vocab_size": %d, "rms_norm_eps": %s,
                 "rope_theta": %s, "tie_word_embeddings": %s, "bos_token_id": 1, "eos_token_id": 2, "attention_bias": false, "rope_scaling": null%s}
                """.formatted(WIDTH, HIDDEN, HEADS, KEY_HEADS, HEAD, VOCABULARY, EPSILON, THETA, tied, more));
        return tensors;
    }

    private static Weights.Values values(Random random, long... shape) {
        var values = new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextGaussian() * (shape.length == 1 ? 0.3 : 0.4) + (shape.length == 1 ? 1 : 0));
        }
        return new Weights.Values(shape, FloatBuffer.wrap(values));
    }

    @Test
    void aLlamaFolderComputesWhatItsConventionsSay(@TempDir Path folder) throws IOException {
        for (boolean tied : new boolean[] {false, true}) {
            Path source = Files.createDirectory(folder.resolve("tied " + tied));
            Map<String, Weights.Values> tensors = tiny(source, tied, "");
            ImportedModel model = ImportedModel.write(new Llama().read(source, new Llama.Options()), "llama", folder.resolve("imported " + tied), registry);
            int[] row = {1, 5, 9, 4, 16, 3, 7};
            double[] expected = new PlainLlama(new PlainWeights(tensors)).logits(row);
            try (LoadedModel loaded = new OrtCpu().load(model.model(), model.weights(), new OrtCpu.Options(1)); Generator generator = loaded.generator(1, 20)) {
                generator.start(new int[][] {Arrays.copyOf(row, 4)});
                generator.rewind(1);
                Logits logits = generator.next(new int[] {row[4]});
                logits = generator.next(new int[] {row[5]});
                logits = generator.next(new int[] {row[6]});
                for (int v = 0; v < VOCABULARY; v++) {
                    assertThat((double) logits.get(0, v)).as("tied %s, token %d", tied, v).isCloseTo(expected[v], within(1e-4));
                }
            }
        }
    }

    /** Llama written out: half-rotations, key heads shared by neighbours, SwiGLU, pre-norm. */
    private record PlainLlama(PlainWeights weights) {

        double[] logits(int[] ids) {
            var x = new double[ids.length][];
            for (int t = 0; t < ids.length; t++) {
                x[t] = weights.row("model.embed_tokens.weight", ids[t], WIDTH);
            }
            for (int layer = 0; layer < 2; layer++) {
                String at = "model.layers." + layer + ".";
                var q = new double[ids.length][];
                var k = new double[ids.length][];
                var v = new double[ids.length][];
                for (int t = 0; t < ids.length; t++) {
                    double[] normed = weights.norm(at + "input_layernorm.weight", x[t], EPSILON, 0);
                    q[t] = PlainWeights.rotated(weights.times(at + "self_attn.q_proj.weight", normed), HEAD, THETA, t);
                    k[t] = PlainWeights.rotated(weights.times(at + "self_attn.k_proj.weight", normed), HEAD, THETA, t);
                    v[t] = weights.times(at + "self_attn.v_proj.weight", normed);
                }
                for (int t = 0; t < ids.length; t++) {
                    x[t] = PlainWeights.sum(x[t], weights.times(at + "self_attn.o_proj.weight", attention(q[t], k, v, t)));
                    double[] normed = weights.norm(at + "post_attention_layernorm.weight", x[t], EPSILON, 0);
                    double[] gate = weights.times(at + "mlp.gate_proj.weight", normed);
                    double[] up = weights.times(at + "mlp.up_proj.weight", normed);
                    for (int i = 0; i < HIDDEN; i++) {
                        up[i] *= gate[i] / (1 + Math.exp(-gate[i]));
                    }
                    x[t] = PlainWeights.sum(x[t], weights.times(at + "mlp.down_proj.weight", up));
                }
            }
            return weights.times(weights.tensors().containsKey("lm_head.weight") ? "lm_head.weight" : "model.embed_tokens.weight",
                    weights.norm("model.norm.weight", x[ids.length - 1], EPSILON, 0));
        }

        private static double[] attention(double[] q, double[][] k, double[][] v, int last) {
            var mixed = new double[q.length];
            for (int head = 0; head < HEADS; head++) {
                int key = head / (HEADS / KEY_HEADS) * HEAD;
                var weights = new double[last + 1];
                double sum = 0;
                for (int t = 0; t <= last; t++) {
                    double score = 0;
                    for (int i = 0; i < HEAD; i++) {
                        score += q[head * HEAD + i] * k[t][key + i];
                    }
                    weights[t] = Math.exp(score / Math.sqrt(HEAD));
                    sum += weights[t];
                }
                for (int t = 0; t <= last; t++) {
                    for (int i = 0; i < HEAD; i++) {
                        mixed[head * HEAD + i] += weights[t] / sum * v[t][key + i];
                    }
                }
            }
            return mixed;
        }
    }

    @Test
    void whatNoArchitectureHereHasIsSaid(@TempDir Path folder) throws IOException {
        tiny(folder, false, ", \"mlp_bias\": true");
        assertThatThrownBy(() -> new Llama().read(folder, new Llama.Options())).hasMessageContaining("mlp_bias is true, which decoder-only does not have");
        tiny(folder, false, "");
        Path config = folder.resolve("config.json");
        Files.writeString(config, Files.readString(config).replace("\"llama\"", "\"mamba\""));
        assertThatThrownBy(() -> new Llama().read(folder, new Llama.Options())).hasMessageContaining("model_type is mamba, and only llama is read");
        Files.delete(config);
        assertThatThrownBy(() -> new Llama().read(folder, new Llama.Options())).isInstanceOf(IOException.class).hasMessageContaining("there is no config.json");
    }

    @Test
    void aTensorThatIsMissingIsNamed(@TempDir Path folder) throws IOException {
        var tensors = new LinkedHashMap<>(tiny(folder, false, ""));
        tensors.remove("model.layers.1.mlp.up_proj.weight");
        tensors.put("model.layers.1.mlp.up_proj.bias", tensors.get("model.norm.weight"));
        SafeTensors.write(folder.resolve("model.safetensors"), new Weights(tensors), Map.of());
        assertThatThrownBy(() -> new Llama().read(folder, new Llama.Options())).isInstanceOf(IOException.class)
                .hasMessageContaining("missing [model.layers.1.mlp.up_proj.weight]").hasMessageContaining("not known [model.layers.1.mlp.up_proj.bias]");
    }

    @Test
    void halfPrecisionBecomesFp32(@TempDir Path folder) throws IOException {
        float[] numbers = {1.5f, -0.25f, 0, 3};
        String header = "{\"half\":{\"dtype\":\"F16\",\"shape\":[4],\"data_offsets\":[0,8]},\"brain\":{\"dtype\":\"BF16\",\"shape\":[2,2],\"data_offsets\":[8,16]}}";
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + 16).order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).put(json);
        for (float number : numbers) {
            bytes.putShort(Float.floatToFloat16(number));
        }
        for (float number : numbers) {
            bytes.putShort((short) (Float.floatToIntBits(number) >>> 16));
        }
        Map<String, Weights.Values> read = SafeTensors.read(Files.write(folder.resolve("x.safetensors"), bytes.array())).weights().tensors();
        assertThat(read.get("half").toArray()).containsExactly(numbers);
        assertThat(read.get("brain").toArray()).containsExactly(numbers);
    }

    @Test
    void aFolderThatIsThereIsNotOverwritten(@TempDir Path folder) throws IOException {
        tiny(folder, true, "");
        Imported imported = new Llama().read(folder, new Llama.Options());
        assertThatThrownBy(() -> ImportedModel.write(imported, "llama", folder, registry)).hasMessageContaining("exists; name a folder that does not");
        Path target = folder.resolve("imported");
        ImportedModel.write(imported, "llama", target, registry);
        Files.write(target.resolve("weights.safetensors"), Arrays.copyOf(Files.readAllBytes(target.resolve("weights.safetensors")), 900));
        assertThatThrownBy(() -> ImportedModel.read(target, registry)).isInstanceOf(IOException.class).hasMessageContaining("weights.safetensors");
        Files.writeString(target.resolve("imported.json"), new Gson().toJson(Map.of("architecture", "decoder-only")));
        assertThatThrownBy(() -> ImportedModel.read(target, registry)).isInstanceOf(IOException.class).hasMessageContaining("imported.json is damaged");
    }
}
