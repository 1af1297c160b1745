package org.encore.data.sets;

import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Parts of texts by number of words, cut between words and otherwise as they are. */
final class Excerpt {

    private static final Pattern WORD = Pattern.compile("\\S+", Pattern.UNICODE_CHARACTER_CLASS);

    private Excerpt() {}

    static int words(String text) {
        return (int) WORD.matcher(text).results().count();
    }

    /** The first words; the text itself if it has no more. */
    static String first(String text, int words) {
        return WORD.matcher(text).results().skip(words - 1L).findFirst().map(last -> text.substring(0, last.end())).orElse(text);
    }

    /** So many words, in their midst the first place that has the answer; empty if there is none, or if the answer is longer. */
    static Optional<String> around(String text, String answer, int words) {
        int begin = text.indexOf(answer);
        if (begin < 0) {
            return Optional.empty();
        }
        var spans = WORD.matcher(text).results().toList();
        int end = begin + answer.length();
        int first = (int) spans.stream().filter(span -> span.end() <= begin).count();
        int last = (int) spans.stream().filter(span -> span.start() < end).count();
        if (last - first > words) {
            return Optional.empty();
        }
        int from = Math.clamp((first + last - words) / 2, 0, Math.max(0, spans.size() - words));
        MatchResult to = spans.get(Math.min(spans.size(), from + words) - 1);
        return Optional.of(text.substring(spans.get(from).start(), to.end()));
    }
}
