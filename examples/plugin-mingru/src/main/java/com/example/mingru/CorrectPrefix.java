package com.example.mingru;

import org.encore.api.task.Metric;
import org.encore.api.task.TaskData;

/**
 * How far outputs go before their first mistake: right symbols at the beginning over the symbols of the reference, summed over all examples. A model
 * that writes from left to right and goes astray late is better than one that does so at once; an error rate does not tell them apart.
 */
public final class CorrectPrefix implements Metric {

    @Override
    public String unit() {
        return "%";
    }

    @Override
    public boolean lowerIsBetter() {
        return false;
    }

    /** Right symbols and symbols of the reference that the output follows furthest. */
    @Override
    public double[] statistics(String output, TaskData.Example example) {
        String[] given = symbols(output);
        double[] best = {0, symbols(example.references().getFirst()).length};
        for (String reference : example.references()) {
            String[] right = symbols(reference);
            int same = 0;
            while (same < Math.min(given.length, right.length) && given[same].equals(right[same])) {
                same++;
            }
            if (same * best[1] > best[0] * right.length) {
                best = new double[] {same, right.length};
            }
        }
        return best;
    }

    @Override
    public double score(double[] sums) {
        return 100 * sums[0] / sums[1];
    }

    private static String[] symbols(String text) {
        return text.isBlank() ? new String[0] : text.strip().split("\\s+");
    }
}
