package org.encore.tokenizers;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.encore.tokenizers.BytePairEncoding.Pieces;

import com.google.gson.GsonBuilder;

/** Writes learnt pieces as a Hugging Face {@code tokenizer.json}. Equal pieces give equal bytes. */
final class PieceFile {

    private PieceFile() {}

    static String write(Pieces pieces) {
        List<Map<String, Object>> special = java.util.stream.IntStream.range(0, BytePairEncoding.SPECIAL.size())
                .mapToObj(id -> ordered("id", id, "content", BytePairEncoding.SPECIAL.get(id), "single_word", false, "lstrip", false, "rstrip", false,
                        "normalized", false, "special", true)).toList();
        var vocabulary = new LinkedHashMap<String, Integer>();
        pieces.tokens().forEach(token -> vocabulary.put(token, vocabulary.size()));
        List<String> merges = pieces.merges().stream().map(pair -> pieces.tokens().get(pair.left()) + " " + pieces.tokens().get(pair.right()))
                .toList();
        var model = ordered("type", "BPE", "dropout", null, "unk_token", null, "continuing_subword_prefix", null, "end_of_word_suffix", null,
                "fuse_unk", false, "byte_fallback", false, "ignore_merges", false, "vocab", vocabulary, "merges", merges);
        var json = ordered("version", "1.0", "truncation", null, "padding", null, "added_tokens", special, "normalizer", null,
                "pre_tokenizer", byteLevel(), "post_processor", null, "decoder", byteLevel(), "model", model);
        return new GsonBuilder().serializeNulls().disableHtmlEscaping().setPrettyPrinting().create().toJson(json);
    }

    private static Map<String, Object> byteLevel() {
        return ordered("type", "ByteLevel", "add_prefix_space", false, "trim_offsets", false, "use_regex", true);
    }

    private static Map<String, Object> ordered(@org.jspecify.annotations.Nullable Object... namesAndValues) {
        var map = new LinkedHashMap<String, Object>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return map;
    }
}
