package org.encore.api.task;

import java.util.Arrays;

/**
 * Text of tokens that come one by one. What a token adds is told when it is sure: one token may end a letter that others began, or put a space before
 * itself, so it is the difference of two texts, with and without it. Both are of the last tokens alone, so that a text costs in proportion to its length.
 *
 * <pre>{@code
 * var text = new GrowingText(tokenizer, prompt);
 * out.print(text.add(id));   // as often as there is a token
 * out.print(text.rest());
 * }</pre>
 *
 * With tokenizers whose text never changes what it has said, such as byte-level byte-pair encodings, the parts together are the text of all tokens at
 * once. A decoder that takes back what it has said (one with single bytes beside whole letters does, where a byte follows that begins no letter) has only
 * what came after.
 *
 * @since 0.1.0
 */
public final class GrowingText {

    /** A letter has at most four bytes, so one that is not whole yet is at most three of these, however many a decoder makes of it. */
    private static final char UNFINISHED = '\uFFFD';
    private static final int BYTES_BEFORE_THE_LAST = 3;
    /** Tokens that are looked back at; more than a letter takes, and fewer than make a difference in time. */
    private static final int KEPT = 32;
    private static final int LONGEST = 2 * KEPT;
    private static final int TRIED = 4;

    private final Tokenizer tokenizer;
    private int[] ids;
    /** Of the text of these ids, what was told. */
    private String told;
    /** Ids whose text was told, as a whole. */
    private int settled;

    /** @param before ids that stand before, whose text is known */
    public GrowingText(Tokenizer tokenizer, int[] before) {
        this.tokenizer = tokenizer;
        this.ids = before.clone();
        this.told = tokenizer.decodeTarget(before);
        this.settled = before.length;
        shorten(told);
    }

    /** Text that this token would add; a letter that is not whole yet is not counted. */
    public String with(int id) {
        int[] more = and(id);
        return more(more, tokenizer.decodeTarget(more));
    }

    /** Adds the token. @return the text that it adds, which may be none */
    public String add(int id) {
        int[] more = and(id);
        String whole = tokenizer.decodeTarget(more);
        String added = more(more, whole);
        if (whole.startsWith(told)) {
            ids = more;
            told += added;
        } else if (added.isEmpty()) {
            ids = more;       // perhaps the next byte puts it right
            return added;
        } else {
            ids = Arrays.copyOfRange(more, settled, more.length);
            whole = tokenizer.decodeTarget(ids);
            told = added;
            settled = 0;
        }
        if (told.equals(whole)) {
            settled = ids.length;
        }
        if (ids.length >= LONGEST && ids.length % KEPT == 0) {
            shorten(whole);
        }
        return added;
    }

    /** What was held back: a letter that is never finished. */
    public String rest() {
        String whole = tokenizer.decodeTarget(ids);
        return whole.startsWith(told) ? whole.substring(told.length()) : tokenizer.decodeTarget(Arrays.copyOfRange(ids, settled, ids.length));
    }

    private String more(int[] ids, String whole) {
        if (whole.startsWith(told)) {
            String sure = sure(whole);
            return sure.substring(Math.min(told.length(), sure.length()));
        }
        boolean hopeless = !whole.endsWith(String.valueOf(UNFINISHED)) || ids.length - settled > BYTES_BEFORE_THE_LAST;
        return hopeless ? sure(tokenizer.decodeTarget(Arrays.copyOfRange(ids, settled, ids.length))) : "";
    }

    private static String sure(String text) {
        int end = text.length();
        while (end > 0 && text.length() - end < BYTES_BEFORE_THE_LAST && text.charAt(end - 1) == UNFINISHED) {
            end--;
        }
        return text.substring(0, end);
    }

    /** Forgets what is far back, where the text of what is left is the same as before: else a letter would be cut. */
    private void shorten(String whole) {
        if (!whole.startsWith(told)) {
            return;
        }
        int held = whole.length() - told.length();
        int latest = Math.min(ids.length - KEPT, settled);
        for (int from = latest; from > Math.max(0, latest - TRIED); from--) {
            int[] left = Arrays.copyOfRange(ids, from, ids.length);
            String text = tokenizer.decodeTarget(left);
            if (text.length() > held && whole.endsWith(text)) {
                ids = left;
                told = text.substring(0, text.length() - held);
                settled -= from;
                return;
            }
        }
    }

    private int[] and(int id) {
        int[] more = Arrays.copyOf(ids, ids.length + 1);
        more[ids.length] = id;
        return more;
    }
}
