package org.encore.tasks.metric;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How often each row of n symbols stands in a longer row.
 *
 * @param total of all counts
 */
record Ngrams(Map<List<String>, Integer> counts, int total) {

    static Ngrams of(List<String> symbols, int n) {
        var counts = new HashMap<List<String>, Integer>();
        int total = Math.max(0, symbols.size() - n + 1);
        for (int i = 0; i < total; i++) {
            counts.merge(symbols.subList(i, i + n), 1, Integer::sum);
        }
        return new Ngrams(counts, total);
    }

    /** Those that the other has too; each as often as the one that has it less often. */
    int shared(Ngrams other) {
        int shared = 0;
        for (var entry : counts.entrySet()) {
            shared += Math.min(entry.getValue(), other.counts.getOrDefault(entry.getKey(), 0));
        }
        return shared;
    }

    /** Each as often as the one that has it more often. */
    Ngrams or(Ngrams other) {
        var most = new HashMap<>(counts);
        other.counts.forEach((ngram, count) -> most.merge(ngram, count, Math::max));
        return new Ngrams(most, most.values().stream().mapToInt(Integer::intValue).sum());
    }
}
