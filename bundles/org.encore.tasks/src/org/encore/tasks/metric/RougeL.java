package org.encore.tasks.metric;

import java.util.List;

/** ROUGE-L: F1 of the longest common subsequence of words; the whole text is one sequence, not cut into sentences. */
public final class RougeL extends Rouge {

    @Override
    Overlap overlap(List<String> output, List<String> reference) {
        return new Overlap(longestCommonSubsequence(output, reference), output.size(), reference.size());
    }

    private static int longestCommonSubsequence(List<String> a, List<String> b) {
        var row = new int[b.size() + 1];
        for (String symbol : a) {
            int diagonal = 0;
            for (int j = 1; j <= b.size(); j++) {
                int next = symbol.equals(b.get(j - 1)) ? diagonal + 1 : Math.max(row[j], row[j - 1]);
                diagonal = row[j];
                row[j] = next;
            }
        }
        return row[b.size()];
    }
}
