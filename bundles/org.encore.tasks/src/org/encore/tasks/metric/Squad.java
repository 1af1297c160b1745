package org.encore.tasks.metric;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import org.encore.api.task.TaskData;

/**
 * Answers as the official script of SQuAD 2.0 compares them (Rajpurkar et al. 2016, section 6.1; 2018): lower case, without ASCII punctuation,
 * without
 * the words a, an, the, and with single spaces. Of several references the best counts; a question without an answer has the empty one, and only the
 * empty output is right there.
 */
abstract class Squad extends Mean {

    private static final Pattern PUNCTUATION = Pattern.compile("\\p{Punct}");
    private static final Pattern ARTICLES = Pattern.compile("\\b(a|an|the)\\b", Pattern.UNICODE_CHARACTER_CLASS);

    /** From 0 to 1, of words as they are compared. */
    abstract double value(List<String> output, List<String> reference);

    /** References of nothing but articles and punctuation are left out, unless there are no others; that is what the script does. */
    @Override
    final double value(String output, TaskData.Example example) {
        List<String> given = words(output);
        List<List<String>> right = example.references().stream().map(Squad::words).filter(words -> !words.isEmpty()).toList();
        return (right.isEmpty() ? List.of(List.<String>of()) : right).stream().mapToDouble(reference -> value(given, reference)).max().orElseThrow();
    }

    private static List<String> words(String text) {
        String bare = PUNCTUATION.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("");
        return Words.of(ARTICLES.matcher(bare).replaceAll(" "));
    }
}
