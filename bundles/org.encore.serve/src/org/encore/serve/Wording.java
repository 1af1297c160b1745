package org.encore.serve;

import java.util.Arrays;

import org.encore.api.task.Tokenizer;

/**
 * Text of tokens that come one by one. What a token adds is the difference of two whole texts, as one token may end a letter that others began, or put
 * a space before itself.
 */
final class Wording {

    private static final char UNFINISHED = '\uFFFD';

    private final Tokenizer tokenizer;
    private int[] ids;
    private String shown;

    /** @param before ids that stand before, whose text is known */
    Wording(Tokenizer tokenizer, int[] before) {
        this.tokenizer = tokenizer;
        this.ids = before.clone();
        this.shown = tokenizer.decodeTarget(before);
    }

    /** Text that this token would add; a letter that is not whole yet is not counted. */
    String with(int id) {
        String whole = stable(tokenizer.decodeTarget(and(id)));
        // a decoder that changes what it has said already is only right at the end
        return whole.startsWith(shown) ? whole.substring(shown.length()) : "";
    }

    /** Adds the token. @return the text that it adds */
    String add(int id) {
        String more = with(id);
        ids = and(id);
        shown += more;
        return more;
    }

    /** What was held back: a letter that is never finished. */
    String rest() {
        String whole = tokenizer.decodeTarget(ids);
        return whole.startsWith(shown) ? whole.substring(shown.length()) : "";
    }

    private int[] and(int id) {
        int[] more = Arrays.copyOf(ids, ids.length + 1);
        more[ids.length] = id;
        return more;
    }

    private static String stable(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == UNFINISHED) {
            end--;
        }
        return text.substring(0, end);
    }
}
