package org.encore.tasks.tokenizer;

import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;

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

    /** A list of its own for each text: tokenizers split texts by the hundred thousand, so nothing else is made on the way. */
    List<String> split(String text) {
        var parts = new ArrayList<String>();
        switch (this) {
            case LETTERS -> {
                for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
                    parts.add(Character.toString(text.codePointAt(at)));
                }
            }
            case WORDS -> {
                var words = new StringTokenizer(text.strip(), SPACES);
                while (words.hasMoreTokens()) {
                    parts.add(words.nextToken());
                }
            }
        }
        return parts;
    }

    String join(List<String> symbols) {
        return String.join(separator, symbols);
    }

    /** Regular expression of one symbol. */
    String pattern() {
        return pattern;
    }
}
