package org.encore.tasks.metric;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import org.encore.api.task.TaskData;

/**
 * F1 of what output and reference share, averaged over the examples, in percent (Lin 2004, ROUGE). Tokens are lower-case rows of a-z and 0-9, those
 * of more than three letters stemmed ({@link Porter}). Of several references the best counts. The official Perl tool, ROUGE-1.5.5, scored 0.05 to
 * 0.34 points higher on the same outputs, probably by the list of exceptions beside its stemmer; so compare only what this metric scored.
 */
abstract class Rouge extends Mean {

    private static final int STEMMED_FROM = 4;

    /** Tokens that two texts share, as this variant counts, and how many each could have shared. */
    record Overlap(int shared, int ofOutput, int ofReference) {
        double f1() {
            return shared == 0 ? 0 : 2.0 * shared / (ofOutput + ofReference);
        }
    }

    abstract Overlap overlap(List<String> output, List<String> reference);

    static Overlap ngrams(List<String> output, List<String> reference, int n) {
        Ngrams given = Ngrams.of(output, n);
        Ngrams right = Ngrams.of(reference, n);
        return new Overlap(given.shared(right), given.total(), right.total());
    }

    @Override
    final double value(String output, TaskData.Example example) {
        List<String> given = tokens(output);
        return example.references().stream().mapToDouble(reference -> overlap(given, tokens(reference)).f1()).max().orElseThrow();
    }

    private static List<String> tokens(String text) {
        return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^a-z0-9]+")).filter(token -> !token.isEmpty())
                .map(token -> token.length() < STEMMED_FROM ? token : Porter.stem(token)).toList();
    }
}
