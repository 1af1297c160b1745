package org.encore.tasks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.encore.api.task.Tokenizer;

import com.google.gson.GsonBuilder;

/** One id for each symbol: a source is a row of letters, a target a row of symbols with spaces between. */
public final class SymbolTokenizer implements Tokenizer {

    private static final List<String> SPECIAL = List.of("<pad>", "<s>", "</s>");

    private final List<String> symbols = new ArrayList<>(SPECIAL);
    private final Map<String, Integer> ids = new LinkedHashMap<>();

    /**
     * @param letters of sources, in the order of their ids
     * @param targets symbols of targets, in the order of their ids
     */
    public SymbolTokenizer(Collection<String> letters, Collection<String> targets) {
        symbols.addAll(letters);
        symbols.addAll(targets);
        for (String symbol : symbols) {
            if (ids.put(symbol, ids.size()) != null) {
                throw new IllegalArgumentException("symbol '" + symbol + "' stands twice in the vocabulary");
            }
        }
    }

    @Override
    public int size() {
        return symbols.size();
    }

    @Override
    public int padToken() {
        return 0;
    }

    @Override
    public int startToken() {
        return 1;
    }

    @Override
    public int endToken() {
        return 2;
    }

    @Override
    public int[] encodeSource(String text) {
        return text.codePoints().map(letter -> id(Character.toString(letter), text)).toArray();
    }

    @Override
    public int[] encodeTarget(String text) {
        return text.isBlank() ? new int[0] : java.util.Arrays.stream(text.strip().split("\\s+")).mapToInt(symbol -> id(symbol, text)).toArray();
    }

    private int id(String symbol, String text) {
        Integer id = ids.get(symbol);
        if (id == null) {
            throw new IllegalArgumentException("'" + symbol + "' in '" + text + "' is not in the vocabulary of " + size() + " symbols");
        }
        return id;
    }

    @Override
    public String decodeTarget(int[] tokens) {
        return String.join(" ", java.util.Arrays.stream(tokens).filter(id -> id >= SPECIAL.size()).mapToObj(symbols::get).toList());
    }

    /** A word-level {@code tokenizer.json} that reads sources letter by letter and writes targets with spaces between their symbols. */
    @Override
    public String toJson() {
        var special = SPECIAL.stream().map(s -> Map.of("id", ids.get(s), "content", s, "single_word", false, "lstrip", false, "rstrip", false,
                "normalized", false, "special", true)).toList();
        var json = new LinkedHashMap<String, Object>();
        json.put("version", "1.0");
        json.put("truncation", null);
        json.put("padding", null);
        json.put("added_tokens", special);
        json.put("normalizer", null);
        json.put("pre_tokenizer", Map.of("type", "Split", "pattern", Map.of("Regex", "[\\s\\S]"), "behavior", "Isolated", "invert", false));
        json.put("post_processor", null);
        json.put("decoder", null);
        var model = new LinkedHashMap<String, Object>();
        model.put("type", "WordLevel");
        model.put("vocab", ids);
        model.put("unk_token", SPECIAL.getFirst());
        json.put("model", model);
        return new GsonBuilder().serializeNulls().disableHtmlEscaping().setPrettyPrinting().create().toJson(json);
    }
}
