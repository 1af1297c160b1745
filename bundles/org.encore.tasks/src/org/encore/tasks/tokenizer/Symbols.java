package org.encore.tasks.tokenizer;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** What a text is a row of. */
public enum Symbols {
    /** Code points; every one counts, spaces too. */
    LETTERS("", "[\\s\\S]"),
    /** What stands between spaces. */
    WORDS(" ", "\\S+");

    private static final Pattern SPACES = Pattern.compile("\\s+");

    private final String separator;
    private final String pattern;

    Symbols(String separator, String pattern) {
        this.separator = separator;
        this.pattern = pattern;
    }

    List<String> split(String text) {
        return switch (this) {
            case LETTERS -> text.codePoints().mapToObj(Character::toString).toList();
            case WORDS -> text.isBlank() ? List.of() : Arrays.asList(SPACES.split(text.strip()));
        };
    }

    String join(List<String> symbols) {
        return String.join(separator, symbols);
    }

    /** Regular expression of one symbol. */
    String pattern() {
        return pattern;
    }
}
