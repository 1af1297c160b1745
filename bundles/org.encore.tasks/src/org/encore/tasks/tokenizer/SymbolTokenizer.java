package org.encore.tasks.tokenizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.encore.api.task.Tokenizer;

import com.google.gson.GsonBuilder;

/** One id for each symbol. A symbol that sources and targets share has one id; one that training never showed is unknown. */
public final class SymbolTokenizer implements Tokenizer {

    static final List<String> SPECIAL = List.of("<pad>", "<s>", "</s>", "<unk>");
    private static final int UNKNOWN = 3;

    private final Symbols sourceSymbols;
    private final Symbols targetSymbols;
    private final List<String> symbols = new ArrayList<>(SPECIAL);
    private final Map<String, Integer> ids = new LinkedHashMap<>();

    /**
     * @param sourceSymbols what a source is a row of
     * @param targetSymbols what a target is a row of
     * @param vocabulary symbols in the order of their ids, which begin after the special ones
     */
    public SymbolTokenizer(Symbols sourceSymbols, Symbols targetSymbols, Collection<String> vocabulary) {
        this.sourceSymbols = sourceSymbols;
        this.targetSymbols = targetSymbols;
        symbols.addAll(vocabulary);
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
        return encode(sourceSymbols.split(text));
    }

    @Override
    public int[] encodeTarget(String text) {
        return encode(targetSymbols.split(text));
    }

    private int[] encode(List<String> parts) {
        return parts.stream().mapToInt(symbol -> ids.getOrDefault(symbol, UNKNOWN)).toArray();
    }

    @Override
    public String decodeTarget(int[] tokens) {
        return targetSymbols.join(known(tokens));
    }

    @Override
    public String decodeSource(int[] tokens) {
        return sourceSymbols.join(known(tokens));
    }

    private List<String> known(int[] tokens) {
        return Arrays.stream(tokens).filter(id -> id >= SPECIAL.size()).mapToObj(symbols::get).toList();
    }

    /** Records, because their components have an order: the same tokenizer is written in the same bytes by every process. */
    private record Added(int id, String content, boolean single_word, boolean lstrip, boolean rstrip, boolean normalized, boolean special) {}

    private record Split(String type, Map<String, String> pattern, String behavior, boolean invert) {}

    /** A word-level {@code tokenizer.json}: its pre-tokenizer cuts sources, its decoder joins targets. */
    @Override
    public String toJson() {
        var special = SPECIAL.stream().map(s -> new Added(ids.get(s), s, false, false, false, false, true)).toList();
        var json = new LinkedHashMap<String, Object>();
        json.put("version", "1.0");
        json.put("truncation", null);
        json.put("padding", null);
        json.put("added_tokens", special);
        json.put("normalizer", null);
        json.put("pre_tokenizer", switch (sourceSymbols) {
            case LETTERS -> new Split("Split", Map.of("Regex", sourceSymbols.pattern()), "Isolated", false);
            case WORDS -> Map.of("type", "WhitespaceSplit");
        });
        json.put("post_processor", null);
        json.put("decoder", switch (targetSymbols) {
            case LETTERS -> Map.of("type", "Fuse");
            case WORDS -> null;
        });
        var model = new LinkedHashMap<String, Object>();
        model.put("type", "WordLevel");
        model.put("vocab", ids);
        model.put("unk_token", SPECIAL.get(UNKNOWN));
        json.put("model", model);
        return new GsonBuilder().serializeNulls().disableHtmlEscaping().setPrettyPrinting().create().toJson(json);
    }
}
