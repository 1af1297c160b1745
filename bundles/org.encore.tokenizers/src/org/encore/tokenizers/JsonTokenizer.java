package org.encore.tokenizers;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.encore.api.task.Tokenizer;

/** What a {@code tokenizer.json} says, done by the library that the format comes from. */
final class JsonTokenizer implements Tokenizer {

    private final String json;
    private final int size;
    private final int pad;
    private final int start;
    private final int end;
    private final NativeTokenizer library;
    private final List<String> ordinary;
    private final Pattern cuts;

    /** @param ordinary special tokens that stand for nothing special where a text happens to have them; each of two letters or more */
    JsonTokenizer(String json, int size, int pad, int start, int end, List<String> ordinary) {
        this.json = json;
        this.size = size;
        this.pad = pad;
        this.start = start;
        this.end = end;
        this.library = new NativeTokenizer(json);
        this.ordinary = ordinary;
        this.cuts = Pattern.compile(ordinary.stream()
                .map(token -> "(?<=" + Pattern.quote(token.substring(0, 1)) + ")(?=" + Pattern.quote(token.substring(1)) + ")")
                        .collect(Collectors.joining("|")));
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int padToken() {
        return pad;
    }

    @Override
    public int startToken() {
        return start;
    }

    @Override
    public int endToken() {
        return end;
    }

    @Override
    public int[] encodeSource(String text) {
        return encode(text);
    }

    @Override
    public int[] encodeTarget(String text) {
        return encode(text);
    }

    /** The library makes one special id of a special token's letters, wherever they stand; so they are cut after the first. */
    private int[] encode(String text) {
        if (ordinary.stream().noneMatch(text::contains)) {
            return library.encode(text);
        }
        return Stream.of(cuts.split(text)).map(library::encode).flatMapToInt(Arrays::stream).toArray();
    }

    @Override
    public String decodeTarget(int[] ids) {
        return library.decode(IntStream.of(ids).filter(id -> id != pad && id != start && id != end).toArray());
    }

    @Override
    public String toJson() {
        return json;
    }
}
