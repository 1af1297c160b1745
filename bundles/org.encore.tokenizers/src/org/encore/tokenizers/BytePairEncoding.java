package org.encore.tokenizers;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.encore.api.Monitor;
import org.encore.api.option.Option;
import org.encore.api.task.TaskData.Pair;
import org.encore.api.task.Tokenization;
import org.encore.api.task.Tokenizer;
import org.encore.tokenizers.Merges.TokenPair;

/**
 * Byte-level byte-pair encoding, learnt from the sources and targets of training. The vocabulary is {@code <pad>}, {@code <s>}, {@code </s>}, the 256
 * bytes, and then a token for each merge, in order; so every text has ids, and what was encoded decodes to the same text. If no pair of tokens
 * is frequent enough any more, the vocabulary stays smaller than asked for.
 */
public final class BytePairEncoding implements Tokenization<BytePairEncoding.Options> {

    static final List<String> SPECIAL = List.of("<pad>", "<s>", "</s>");
    private static final int SMALLEST = SPECIAL.size() + ByteLetters.inOrder().length;
    private static final int LARGEST = 1 << 20;

    /**
     * @param vocabulary most tokens, the special ones and the 256 bytes included
     * @param minFrequency how often a pair must stand in the training texts to become a token
     */
    public record Options(
            @Option(value = "8192", unit = "tokens", help = "most tokens of the vocabulary; 259 of them are special or single bytes") int vocabulary,
            @Option(value = "2", help = "how often two neighbouring tokens must be seen to become one") int minFrequency) {

        public Options {
            if (vocabulary < SMALLEST || vocabulary > LARGEST) {
                throw new IllegalArgumentException("vocabulary " + vocabulary + ": give " + SMALLEST + " (special tokens and bytes alone) to "
                        + LARGEST);
            }
            if (minFrequency < 1) {
                throw new IllegalArgumentException("minFrequency " + minFrequency + " must be 1 or more");
            }
        }
    }

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    public Tokenizer learn(Options options, List<Pair> pairs, Monitor monitor) {
        return read(options, PieceFile.write(learnPieces(options, pairs, monitor)));
    }

    @Override
    public Tokenizer read(Options options, String json) {
        var file = TokenizerFile.parse(json);
        if (!file.type().equals("BPE") || !SPECIAL.equals(file.tokens(SPECIAL.size()))) {
            throw new IllegalArgumentException("this tokenizer.json is not one of tokenizer 'bpe': expected a BPE model whose first tokens are "
                    + SPECIAL
                    + ", not " + file.type() + " with " + file.tokens(SPECIAL.size()));
        }
        return new JsonTokenizer(json, file.size(), 0, 1, 2, SPECIAL);
    }

    /**
     * A vocabulary and how it came about.
     *
     * @param tokens by id, bytes written as {@link ByteLetters}
     * @param merges in the order in which they apply
     */
    record Pieces(List<String> tokens, List<TokenPair> merges) {}

    static Pieces learnPieces(Options options, List<Pair> pairs, Monitor monitor) {
        Map<String, Long> words = WordCounts.of(pairs, monitor);
        var tokens = new ArrayList<>(SPECIAL);
        var ids = new HashMap<String, Integer>();
        for (char letter : ByteLetters.inOrder()) {
            ids.put(String.valueOf(letter), tokens.size());
            tokens.add(String.valueOf(letter));
        }
        int[][] rows = words.keySet().stream().map(word -> bytes(word, ids)).toArray(int[][]::new);
        long[] counts = words.values().stream().mapToLong(Long::longValue).toArray();
        var merges = new Merges(rows, counts).learn(tokens.size(), options.vocabulary(), options.minFrequency(), pair -> {
            String token = tokens.get(pair.left()) + tokens.get(pair.right());
            return ids.computeIfAbsent(token, t -> {
                tokens.add(t);
                return tokens.size() - 1;
            });
        }, monitor);
        return new Pieces(tokens, merges);
    }

    private static int[] bytes(String word, Map<String, Integer> ids) {
        byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
        var row = new int[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            row[i] = ids.get(String.valueOf(ByteLetters.of(bytes[i])));
        }
        return row;
    }
}
