package org.encore.tasks.metric;

import java.util.List;

/** F1 of the words that answer and reference share, compared as in SQuAD, averaged over the questions, in percent. */
public final class SquadF1 extends Squad {

    @Override
    double value(List<String> output, List<String> reference) {
        if (output.isEmpty() || reference.isEmpty()) {
            return output.equals(reference) ? 1 : 0;
        }
        return 2.0 * Ngrams.of(output, 1).shared(Ngrams.of(reference, 1)) / (output.size() + reference.size());
    }
}
