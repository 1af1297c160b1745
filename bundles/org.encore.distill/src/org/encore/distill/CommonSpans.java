package org.encore.distill;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

import org.encore.api.task.Tokenizer;

/**
 * The smallest spans of a target's text that begin and end at a token of each of two tokenizers. A token's place in the text is told by what all tokens up to it decode to, so any
 * tokenizer will do; where that is no beginning of the text, as in the middle of a letter of several bytes, no span ends. A token that decodes to nothing belongs to the
 * span before it, at the beginning of a row to the one behind it. The end token is a span of its own.
 */
public final class CommonSpans {

    /** What stands for the end token. */
    public static final String END = "(end)";

    /** What the cells of a {@link Shown#line} are. */
    public static final List<String> TITLES = List.of("span", "student's positions", "student's tokens", "teacher's positions", "teacher's tokens");

    private CommonSpans() {}

    /**
     * A span; positions are those of targets, at which its tokens are predicted.
     *
     * @param text that both write
     * @param student its first position of the student
     * @param students how many positions of the student, at least one
     * @param teacher its first position of the teacher
     * @param teachers how many positions of the teacher, at least one
     */
    public record Span(String text, int student, int students, int teacher, int teachers) {}

    /**
     * The spans of one target, in order; together they have all positions of both, the end token's among them.
     *
     * @param ids of the student, without start and end
     * @param others ids of the teacher for the same text
     */
    public static List<Span> of(Tokenizer student, int[] ids, Tokenizer teacher, int[] others) {
        String text = student.decodeTarget(ids);
        TreeMap<Integer, Integer> ours = ends(text, student, ids);
        TreeMap<Integer, Integer> theirs = ends(text, teacher, others);
        var spans = new ArrayList<Span>();
        int from = 0;
        int first = 0;
        int other = 0;
        for (var end : ours.entrySet()) {
            Integer ofTeacher = theirs.get(end.getKey());
            if (ofTeacher != null && end.getValue() > first && ofTeacher > other) {
                spans.add(new Span(text.substring(from, end.getKey()), first, end.getValue() - first, other, ofTeacher - other));
                from = end.getKey();
                first = end.getValue();
                other = ofTeacher;
            }
        }
        spans.add(new Span(text.substring(from) + END, first, ids.length + 1 - first, other, others.length + 1 - other));
        return spans;
    }

    /**
     * A span for people.
     *
     * @param span where it is
     * @param studentTokens the student's tokens in words
     * @param teacherTokens the teacher's
     */
    public record Shown(Span span, List<String> studentTokens, List<String> teacherTokens) {
        public Shown {
            studentTokens = List.copyOf(studentTokens);
            teacherTokens = List.copyOf(teacherTokens);
        }

        /** Cells of a line: text, positions and tokens of the student, positions and tokens of the teacher; see {@link #TITLES}. */
        public List<String> line() {
            return List.of(Alignment.visible(span.text()), positions(span.student(), span.students()), String.join(" | ", studentTokens), positions(span.teacher(), span.teachers()),
                    String.join(" | ", teacherTokens));
        }

        private static String positions(int first, int count) {
            return count == 1 ? Integer.toString(first) : first + " to " + (first + count - 1);
        }
    }

    /** As {@link #of}, with the tokens in words. */
    public static List<Shown> shown(Tokenizer student, int[] ids, Tokenizer teacher, int[] others) {
        return of(student, ids, teacher, others).stream().map(span -> new Shown(span, words(student, ids, span.student(), span.students()),
                words(teacher, others, span.teacher(), span.teachers()))).toList();
    }

    private static List<String> words(Tokenizer tokenizer, int[] ids, int first, int count) {
        return IntStream.range(first, first + count).mapToObj(at -> at == ids.length ? END : word(tokenizer, ids, at)).toList();
    }

    /** What a token adds to the text before it: by itself it may decode to something else, as one that begins with a space does in many vocabularies. */
    private static String word(Tokenizer tokenizer, int[] ids, int at) {
        String before = tokenizer.decodeTarget(Arrays.copyOf(ids, at));
        String with = tokenizer.decodeTarget(Arrays.copyOf(ids, at + 1));
        return with.length() > before.length() && with.startsWith(before) ? Alignment.visible(with.substring(before.length())) : Alignment.token(ids[at], tokenizer);
    }

    /** How far the text goes after a number of tokens; of several that end at the same place, the last. All tokens together end where the text does. */
    private static TreeMap<Integer, Integer> ends(String text, Tokenizer tokenizer, int[] ids) {
        var ends = new TreeMap<Integer, Integer>();
        for (int count = 1; count <= ids.length; count++) {
            String begun = count == ids.length ? text : tokenizer.decodeTarget(Arrays.copyOf(ids, count));
            if (!begun.isEmpty() && text.startsWith(begun)) {
                ends.put(begun.length(), count);
            }
        }
        return ends;
    }
}
