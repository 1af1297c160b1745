package org.encore.tasks.metric;

import java.util.ArrayList;
import java.util.List;

/** Text in parts. */
final class Words {

    private static final int NEXT_LINE = 0x85;

    private Words() {}

    /**
     * What stands between white space, in the sense of Unicode and of Python's {@code str.split}, as the evaluators do that scores are compared
     * with.
     */
    static List<String> of(String text) {
        var words = new ArrayList<String>();
        int begin = -1;
        for (int i = 0; i < text.length(); i++) {
            boolean space = space(text.charAt(i));
            if (space && begin >= 0) {
                words.add(text.substring(begin, i));
                begin = -1;
            } else if (!space && begin < 0) {
                begin = i;
            }
        }
        if (begin >= 0) {
            words.add(text.substring(begin));
        }
        return words;
    }

    /** Code points that are no white space. */
    static List<String> letters(String text) {
        return text.codePoints().filter(c -> !space(c)).mapToObj(Character::toString).toList();
    }

    private static boolean space(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == NEXT_LINE;
    }
}
