package org.encore.distill.tests;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import org.encore.api.task.Tokenizer;

/** Cuts text into the longest pieces that it knows, from the left. Ids 0 to 2 are special; a piece may be empty, or half of a letter. */
record Pieces(List<String> pieces) implements Tokenizer {

    /** What half of a letter decodes to, as in byte-level vocabularies. */
    static final String HALF = "\uFFFD";
    private static final int SPECIAL = 3;

    Pieces(String... pieces) {
        this(List.of(pieces));
    }

    int id(String piece) {
        return SPECIAL + pieces.indexOf(piece);
    }

    @Override
    public int size() {
        return SPECIAL + pieces.size();
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
        var ids = new ArrayList<Integer>();
        for (int at = 0; at < text.length(); ) {
            int from = at;
            String longest = pieces.stream().filter(piece -> !piece.isEmpty() && text.startsWith(piece, from)).max(java.util.Comparator.comparingInt(String::length)).orElseThrow();
            ids.add(id(longest));
            at += longest.length();
        }
        return ids.stream().mapToInt(Integer::intValue).toArray();
    }

    @Override
    public int[] encodeTarget(String text) {
        return encodeSource(text);
    }

    /** Two halves of a letter are one, as bytes are. */
    @Override
    public String decodeTarget(int[] ids) {
        return Arrays.stream(ids).filter(id -> id >= SPECIAL).mapToObj(id -> pieces.get(id - SPECIAL)).collect(Collectors.joining()).replace(HALF + HALF, "ö");
    }

    @Override
    public String toJson() {
        return "{}";
    }
}
