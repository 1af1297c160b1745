package org.encore.experiment.imported;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.encore.api.inference.Importer.SourceFrame;
import org.encore.api.task.Tokenizer;

/** A tokenizer for a model that has learnt to read a source with something around it. */
record FramedSources(Tokenizer tokenizer, SourceFrame frame) implements Tokenizer {

    @Override
    public int[] encodeSource(String text) {
        return Stream.of(ints(frame.before()), Arrays.stream(tokenizer.encodeSource(text)), ints(frame.behind())).flatMapToInt(ids -> ids).toArray();
    }

    private static IntStream ints(List<Integer> ids) {
        return ids.stream().mapToInt(Integer::intValue);
    }

    @Override
    public int[] encodeTarget(String text) {
        return tokenizer.encodeTarget(text);
    }

    @Override
    public String decodeTarget(int[] ids) {
        return tokenizer.decodeTarget(ids);
    }

    @Override
    public String decodeSource(int[] ids) {
        return tokenizer.decodeSource(ids);
    }

    @Override
    public int size() {
        return tokenizer.size();
    }

    @Override
    public int padToken() {
        return tokenizer.padToken();
    }

    @Override
    public int startToken() {
        return tokenizer.startToken();
    }

    @Override
    public int endToken() {
        return tokenizer.endToken();
    }

    @Override
    public String toJson() {
        return tokenizer.toJson();
    }
}
