package org.encore.importers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import org.encore.api.inference.Importer;
import org.encore.api.weights.Weights;

/**
 * Llama-style models as Hugging Face's library writes them: {@code config.json}, {@code model.safetensors} (or several with an index), and
 * {@code tokenizer.json} if there is one. Rotary pairs are halves there, as here.
 */
public final class Llama implements Importer<Llama.Options> {

    private static final Map<String, String> OF_LAYER = Map.of("input_layernorm.weight", "n1.gain", "self_attn.q_proj.weight", "self.q.weight",
            "self_attn.k_proj.weight", "self.k.weight", "self_attn.v_proj.weight", "self.v.weight", "self_attn.o_proj.weight", "self.o.weight",
            "post_attention_layernorm.weight", "n2.gain", "mlp.gate_proj.weight", "mlp.gate.weight", "mlp.up_proj.weight", "mlp.up.weight",
            "mlp.down_proj.weight", "mlp.down.weight");

    /** Nothing to choose. */
    public record Options() {}

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    public Imported read(Path source, Options options) throws IOException {
        var folder = new HuggingFaceFolder(source);
        Config config = folder.config();
        config.require("model_type", "llama");
        config.require("hidden_act", "silu");
        config.refuse("rope_scaling", "decoder-only");
        config.refuse("attention_bias", "decoder-only");
        config.refuse("mlp_bias", "decoder-only");
        int width = config.whole("hidden_size", -1);
        int heads = config.whole("num_attention_heads", -1);
        boolean tied = config.truth("tie_word_embeddings", false);
        var shape = new LlamaShape(config.whole("num_hidden_layers", -1), width, config.whole("intermediate_size", -1), heads,
                config.whole("num_key_value_heads", heads), config.whole("head_dim", width / heads), tied, false, config.real("rope_theta", 10_000),
                config.real("rms_norm_eps", 1e-6));
        return new Imported("decoder-only", shape.options(), config.whole("vocab_size", -1), config.whole("bos_token_id", 1), config.first("eos_token_id", 2),
                named(folder, shape.layers(), tied), folder.tokenizer(), Optional.empty());
    }

    private static Weights named(HuggingFaceFolder folder, int layers, boolean tied) throws IOException {
        var names = new LinkedHashMap<String, String>();
        names.put("model.embed_tokens.weight", "embedding");
        for (int layer = 0; layer < layers; layer++) {
            int at = layer;
            OF_LAYER.forEach((theirs, ours) -> names.put("model.layers." + at + "." + theirs, "decoder." + at + "." + ours));
        }
        names.put("model.norm.weight", "decoder.norm.gain");
        if (!tied) {
            names.put("lm_head.weight", "head.weight");
        }
        return new Weights(folder.tensors(names, name -> name.endsWith("rotary_emb.inv_freq") || tied && name.equals("lm_head.weight"), "Llama"));
    }
}
