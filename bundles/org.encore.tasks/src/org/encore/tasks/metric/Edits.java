package org.encore.tasks.metric;

import java.util.List;

import org.encore.api.task.TaskData;

/** Edit distance between rows of symbols. */
final class Edits {

    private Edits() {}

    /** An output beside the reference that it is nearest to. */
    record Nearest(int edits, int length) {}

    /** The reference with the fewest edits; the longest among equals, so that the rate is not raised by the choice. */
    static Nearest nearest(String output, TaskData.Example example) {
        List<String> given = symbols(output);
        Nearest best = null;
        for (String reference : example.references()) {
            List<String> right = symbols(reference);
            var next = new Nearest(distance(given, right), right.size());
            if (best == null || next.edits < best.edits || next.edits == best.edits && next.length > best.length) {
                best = next;
            }
        }
        return java.util.Objects.requireNonNull(best, "an example has a reference");
    }

    static List<String> symbols(String text) {
        return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
    }

    /** Insertions, deletions and replacements (Levenshtein 1966). */
    static int distance(List<String> a, List<String> b) {
        var row = new int[b.size() + 1];
        for (int j = 0; j <= b.size(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.size(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.size(); j++) {
                int replaced = diagonal + (a.get(i - 1).equals(b.get(j - 1)) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.size()];
    }
}
