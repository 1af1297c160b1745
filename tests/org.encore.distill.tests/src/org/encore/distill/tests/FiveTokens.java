package org.encore.distill.tests;

import org.encore.api.task.Tokenizer;

/** A vocabulary of five; nothing here turns text into it. */
final class FiveTokens implements Tokenizer {

    @Override
    public int size() {
        return 5;
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
        throw new UnsupportedOperationException();
    }

    @Override
    public int[] encodeTarget(String text) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String decodeTarget(int[] ids) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String toJson() {
        return "{\"five\": 5}";
    }
}
