package org.encore.distill.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.encore.api.task.Tokenizer;
import org.encore.distill.CommonSpans;
import org.encore.distill.CommonSpans.Span;
import org.junit.jupiter.api.Test;

/** Where the tokens of two tokenizers begin and end together. */
class CommonSpansTest {

    private static final Pieces STUDENT = new Pieces("s", "t", "r", "e", "ss", "ed", "tre");
    private static final Pieces TEACHER = new Pieces("s", "t", "r", "e", "d", "st", "ess", "es", "re");

    private static List<Span> spans(Pieces student, Pieces teacher, String text) {
        return CommonSpans.of(student, student.encodeTarget(text), teacher, teacher.encodeTarget(text));
    }

    @Test
    void theyAreTheSmallestThatBothWrite() {
        // student: s tre ss ed, teacher: st re s s e d; after "st" only the teacher ends a token, after "str" neither
        assertThat(spans(STUDENT, TEACHER, "stressed")).containsExactly(new Span("stre", 0, 2, 0, 2), new Span("ss", 2, 1, 2, 2), new Span("ed", 3, 1, 4, 2),
                new Span("(end)", 4, 1, 6, 1));
    }

    @Test
    void theTextIsCoveredAndEveryPositionOfBothIsInOneSpan() {
        for (String text : List.of("", "s", "tress", "sssss", "eeded", "stressedstressed")) {
            List<Span> spans = spans(STUDENT, TEACHER, text);
            assertThat(spans.stream().map(Span::text).reduce("", String::concat)).isEqualTo(text + "(end)");
            int student = 0;
            int teacher = 0;
            for (Span span : spans) {
                assertThat(List.of(span.student(), span.teacher())).containsExactly(student, teacher);
                assertThat(span.students()).isPositive();
                assertThat(span.teachers()).isPositive();
                student += span.students();
                teacher += span.teachers();
            }
            assertThat(student).isEqualTo(STUDENT.encodeTarget(text).length + 1);
        }
    }

    @Test
    void withOneTokenizerEveryTokenIsASpan() {
        assertThat(spans(STUDENT, STUDENT, "stressed")).hasSize(5).allMatch(span -> span.students() == 1 && span.teachers() == 1 && span.student() == span.teacher());
    }

    /** In the middle of a letter no text ends, so none is compared there. */
    @Test
    void aLetterOfSeveralTokensIsNotCut() {
        var bytes = new Pieces("s", Pieces.HALF);
        int half = bytes.id(Pieces.HALF);
        var letters = new Pieces("s", "ö");
        assertThat(CommonSpans.of(letters, letters.encodeTarget("söös"), bytes, new int[] {bytes.id("s"), half, half, half, half, bytes.id("s")}))
                .containsExactly(new Span("s", 0, 1, 0, 1), new Span("ö", 1, 1, 1, 2), new Span("ö", 2, 1, 3, 2), new Span("s", 3, 1, 5, 1), new Span("(end)", 4, 1, 6, 1));
    }

    @Test
    void tokensWithoutATextBelongToTheSpanBeforeThemAndAtTheBeginningToTheOneBehind() {
        var silent = new Pieces("s", "t", "");
        int nothing = silent.id("");
        int[] ids = {nothing, silent.id("s"), nothing, silent.id("t")};
        var plain = new Pieces("s", "t");
        assertThat(CommonSpans.of(silent, ids, plain, plain.encodeTarget("st"))).containsExactly(new Span("s", 0, 3, 0, 1), new Span("t", 3, 1, 1, 1), new Span("(end)", 4, 1, 2, 1));
        // a target of unknown symbols alone: nothing is written but its end
        assertThat(CommonSpans.of(silent, new int[] {nothing, nothing}, plain, new int[0])).containsExactly(new Span("(end)", 0, 3, 0, 1));
    }

    /** Vocabularies of whole words have the space before a word in its token, and leave it out at the beginning of a text. */
    @Test
    void aTokenIsShownWithWhatItAddsToTheTextBeforeIt() {
        var letters = new Pieces("r", "e", "d", " ");
        var words = new Stripping(new Pieces(" red"));
        assertThat(CommonSpans.shown(letters, letters.encodeTarget("red red"), words, words.encodeTarget("red red"))).extracting(CommonSpans.Shown::line).containsExactly(
                List.of("red", "0 to 2", "r | e | d", "0", "red"), List.of("␣red", "3 to 6", "␣ | r | e | d", "1", "␣red"), List.of("(end)", "7", "(end)", "2", "(end)"));
    }

    /** Reads a text as if it began with a space, which it leaves out when it writes one. */
    private record Stripping(Pieces pieces) implements Tokenizer {

        @Override
        public int size() {
            return pieces.size();
        }

        @Override
        public int padToken() {
            return pieces.padToken();
        }

        @Override
        public int startToken() {
            return pieces.startToken();
        }

        @Override
        public int endToken() {
            return pieces.endToken();
        }

        @Override
        public int[] encodeSource(String text) {
            return pieces.encodeSource(" " + text);
        }

        @Override
        public int[] encodeTarget(String text) {
            return encodeSource(text);
        }

        @Override
        public String decodeTarget(int[] ids) {
            String text = pieces.decodeTarget(ids);
            return text.startsWith(" ") ? text.substring(1) : text;
        }

        @Override
        public String toJson() {
            return pieces.toJson();
        }
    }

    @Test
    void theyAreShownInWords() {
        assertThat(CommonSpans.shown(STUDENT, STUDENT.encodeTarget("stress"), TEACHER, TEACHER.encodeTarget("stress"))).extracting(CommonSpans.Shown::line).containsExactly(
                List.of("stre", "0 to 1", "s | tre", "0 to 1", "st | re"), List.of("ss", "2", "ss", "2 to 3", "s | s"), List.of("(end)", "3", "(end)", "4", "(end)"));
    }
}
