package org.encore.data.sets.pairs;

import java.util.ArrayList;
import java.util.List;

/** Lines that cannot be used, told together: the first few in full, the others as a number. */
final class Malformed {

    private static final int SHOWN = 5;
    private static final int SHOWN_LETTERS = 60;

    private final List<String> first = new ArrayList<>();
    private int more;

    /** @param at file and line @param expected and what was found */
    void add(String at, String expected) {
        if (first.size() < SHOWN) {
            first.add(at + ": " + expected);
        } else {
            more++;
        }
    }

    /** @throws IllegalArgumentException with all of them, if there are any */
    void throwIfAny() {
        if (!first.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", first)
                    + (more == 0 ? "" : "\nand " + more + (more == 1 ? " more line" : " more lines")
                    + " that cannot be used"));
        }
    }

    /** The beginning of a line, for messages. */
    static String quoted(String line) {
        boolean whole = line.codePointCount(0, line.length()) <= SHOWN_LETTERS;
        return "'" + (whole ? line : line.substring(0, line.offsetByCodePoints(0, SHOWN_LETTERS)) + "…") + "'";
    }
}
