package org.encore.tasks.metric;

import java.util.List;

/** ROUGE-1: F1 of single words. */
public final class Rouge1 extends Rouge {

    @Override
    Overlap overlap(List<String> output, List<String> reference) {
        return ngrams(output, reference, 1);
    }
}
