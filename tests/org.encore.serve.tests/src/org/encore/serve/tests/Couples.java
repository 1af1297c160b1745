package org.encore.serve.tests;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.encore.api.task.Tokenizer;

/** The letters, and some couples of them as one token each. */
final class Couples implements Tokenizer {

    private static final List<String> COUPLES = List.of("ab", "cd", "yz");
    private final Letters letters = new Letters();

    @Override
    public int size() {
        return letters.size() + COUPLES.size();
    }

    @Override
    public int padToken() {
        return letters.padToken();
    }

    @Override
    public int startToken() {
        return letters.startToken();
    }

    @Override
    public int endToken() {
        return letters.endToken();
    }

    @Override
    public int[] encodeSource(String text) {
        var ids = IntStream.builder();
        for (int at = 0; at < text.length(); ) {
            int couple = at + 2 <= text.length() ? COUPLES.indexOf(text.substring(at, at + 2)) : -1;
            ids.add(couple < 0 ? Letters.id(text.charAt(at)) : letters.size() + couple);
            at += couple < 0 ? 1 : 2;
        }
        return ids.build().toArray();
    }

    @Override
    public int[] encodeTarget(String text) {
        return encodeSource(text);
    }

    @Override
    public String decodeTarget(int[] ids) {
        return Arrays.stream(ids).mapToObj(id -> id < letters.size() ? letters.decodeTarget(new int[] {id}) : COUPLES.get(id - letters.size())).collect(Collectors.joining());
    }

    @Override
    public String toJson() {
        return "{\"couples\": 3}";
    }
}
