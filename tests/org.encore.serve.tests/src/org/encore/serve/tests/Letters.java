package org.encore.serve.tests;

import java.util.Arrays;
import java.util.stream.Collectors;

import org.encore.api.task.Tokenizer;

/** The letters a to z, and four special tokens before them. */
final class Letters implements Tokenizer {

    static final int START = 1;
    static final int END = 2;
    private static final int FIRST = 4;

    static int id(char letter) {
        return letter - 'a' + FIRST;
    }

    @Override
    public int size() {
        return FIRST + 26;
    }

    @Override
    public int padToken() {
        return 0;
    }

    @Override
    public int startToken() {
        return START;
    }

    @Override
    public int endToken() {
        return END;
    }

    @Override
    public int[] encodeSource(String text) {
        text.chars().filter(letter -> letter < 'a' || letter > 'z').findFirst().ifPresent(letter -> {
            throw new IllegalArgumentException("symbol '" + (char) letter + "' is not in the vocabulary");
        });
        return text.chars().map(letter -> id((char) letter)).toArray();
    }

    @Override
    public int[] encodeTarget(String text) {
        return encodeSource(text);
    }

    @Override
    public String decodeTarget(int[] ids) {
        return Arrays.stream(ids).filter(id -> id >= FIRST).mapToObj(id -> String.valueOf((char) (id - FIRST + 'a'))).collect(Collectors.joining());
    }

    @Override
    public String toJson() {
        return "{\"letters\": 26}";
    }
}
