package org.encore.tasks.tokenizer;

import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;
import java.util.function.Consumer;

/** What a text is a row of. */
public enum Symbols {
    /** Code points; every one counts, spaces too. */
    LETTERS("", "[\\s\\S]"),
    /** What stands between spaces. */
    WORDS(" ", "\\S+");

    /** As {@code \s} of a regular expression. */
    private static final String SPACES = " \t\n\u000B\f\r";

    private final String separator;
    private final String pattern;

    Symbols(String separator, String pattern) {
        this.separator = separator;
        this.pattern = pattern;
    }

    List<String> split(String text) {
        var parts = new ArrayList<String>();
        split(text, parts::add);
        return parts;
    }

    /** Symbol by symbol: tokenizers split texts by the hundred thousand, so nothing else is made on the way. */
    void split(String text, Consumer<String> symbol) {
        switch (this) {
            case LETTERS -> text.codePoints().forEach(letter -> symbol.accept(Character.toString(letter)));
            case WORDS -> {
                var words = new StringTokenizer(text.strip(), SPACES);
                while (words.hasMoreTokens()) {
                    symbol.accept(words.nextToken());
                }
            }
        }
    }

    String join(List<String> symbols) {
        return String.join(separator, symbols);
    }

    /** Regular expression of one symbol. */
    String pattern() {
        return pattern;
    }
}
