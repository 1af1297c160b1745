package org.encore.distill;

import java.util.ArrayList;
import java.util.List;

import org.encore.api.task.Tokenizer;
import org.encore.api.teachers.Scoring;

/**
 * Which teacher position meets which student position, for one example. A student of any architecture has target positions 0 to n: at position t
 * it has read the source, the start token and t target tokens. So has the teacher when it is asked about target token t. If the teacher keeps source
 * and target in one row, that is position S + t of the row, S being the length of the source; if it has an encoder, it is position t of its decoder.
 */
public final class Alignment {

    private Alignment() {}

    /**
     * One target position.
     *
     * @param position t
     * @param reads id of the token that the student reads there, the start token at 0
     * @param about id of the token that both predict there, the end token at the last
     * @param inOneRow position of a teacher that has source and target in one row
     * @param inDecoder position of a teacher that has an encoder
     */
    public record Meeting(int position, int reads, int about, int inOneRow, int inDecoder) {}

    /** All positions of a row. */
    public static List<Meeting> of(Scoring.Row row, int startToken, int endToken) {
        var meetings = new ArrayList<Meeting>();
        int[] target = row.target();
        for (int t = 0; t < row.positions(); t++) {
            meetings.add(new Meeting(t, t == 0 ? startToken : target[t - 1], t == target.length ? endToken : target[t], row.source().length + t, t));
        }
        return meetings;
    }

    /**
     * A position for people.
     *
     * @param position t
     * @param reads the token that the student reads there
     * @param about the token that both predict there
     * @param inOneRow position of a teacher that has source and target in one row
     * @param inDecoder position of a teacher that has an encoder
     */
    public record Shown(int position, String reads, String about, int inOneRow, int inDecoder) {}

    /** All positions of a row, with the tokens in words: spaces can be seen, and a token without a text of its own has its number. */
    public static List<Shown> shown(Scoring.Row row, Tokenizer tokenizer) {
        return of(row, tokenizer.startToken(), tokenizer.endToken()).stream().map(meeting -> new Shown(meeting.position(), token(meeting.reads(), tokenizer),
                token(meeting.about(), tokenizer), meeting.inOneRow(), meeting.inDecoder())).toList();
    }

    /** A token in words. */
    static String token(int id, Tokenizer tokenizer) {
        if (id == tokenizer.startToken()) {
            return "(start)";
        }
        if (id == tokenizer.endToken()) {
            return CommonSpans.END;
        }
        String text = tokenizer.decodeTarget(new int[] {id});
        return text.isEmpty() ? "#" + id : visible(text);
    }

    /** Spaces and ends of lines as signs that can be seen. */
    static String visible(String text) {
        return text.replace(' ', '\u2423').replace('\n', '\u21B5');
    }
}
