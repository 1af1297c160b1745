package org.encore.tasks.metric;

import java.util.List;

/** ROUGE-2: F1 of pairs of neighbours. */
public final class Rouge2 extends Rouge {

    @Override
    Overlap overlap(List<String> output, List<String> reference) {
        return ngrams(output, reference, 2);
    }
}
