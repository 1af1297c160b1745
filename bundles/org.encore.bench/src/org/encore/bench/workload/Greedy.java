package org.encore.bench.workload;

import org.encore.api.inference.Generator;
import org.encore.api.inference.Logits;

/** The likeliest token, again and again; choosing it is timed. */
final class Greedy {

    private Greedy() {}

    /**
     * Generates for all rows of a generator.
     *
     * @param logits of the first token
     * @return the tokens of the first row
     */
    static int[] generate(Generator generator, Logits logits, int tokens, Clock clock) {
        var chosen = new int[logits.rows()];
        var first = new int[tokens];
        Logits now = logits;
        for (int t = 0; t < tokens; t++) {
            if (t > 0) {
                now = generator.next(chosen);
            }
            for (int row = 0; row < chosen.length; row++) {
                chosen[row] = now.argMax(row);
            }
            first[t] = chosen[0];
            clock.token();
        }
        return first;
    }
}
