package org.encore.tasks.metric;

import java.util.List;

/** Share of answers that equal a reference, compared as in SQuAD, in percent. */
public final class SquadExactMatch extends Squad {

    @Override
    double value(List<String> output, List<String> reference) {
        return output.equals(reference) ? 1 : 0;
    }
}
