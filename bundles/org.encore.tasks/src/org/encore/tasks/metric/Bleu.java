package org.encore.tasks.metric;

import java.util.List;

import org.encore.api.task.Metric;
import org.encore.api.task.TaskData;

/**
 * BLEU-4 of the corpus, from 0 to 100, as the evaluator of CodeXGLUE computes it: words are what stands between white space; case counts; n-grams of
 * several references are joined, each with its highest count, and the shortest reference is the length to reach; one is added to matches and to
 * possible matches of every order, single words included (Lin and Och 2004, ORANGE, section 4). sacreBLEU adds nothing where there are matches, takes
 * the reference of the nearest length, and cuts words its own way: on CodeXGLUE's 1,000 translations to C# this one gives 77.49, sacreBLEU 77.49
 * without and 86.85 with its words. On few examples the added one weighs.
 */
public final class Bleu implements Metric {

    private static final int ORDERS = 4;
    private static final int OUTPUT_LENGTH = 2 * ORDERS;
    private static final int REFERENCE_LENGTH = OUTPUT_LENGTH + 1;

    @Override
    public String unit() {
        return "points";
    }

    @Override
    public boolean lowerIsBetter() {
        return false;
    }

    /** Matches of n-grams of length 1 to 4, how many were possible, words of the output, words of the shortest reference. */
    @Override
    public double[] statistics(String output, TaskData.Example example) {
        List<String> words = Words.of(output);
        List<List<String>> references = example.references().stream().map(Words::of).toList();
        var statistics = new double[REFERENCE_LENGTH + 1];
        for (int n = 1; n <= ORDERS; n++) {
            int order = n;
            Ngrams given = Ngrams.of(words, n);
            Ngrams right = references.stream().map(reference -> Ngrams.of(reference, order)).reduce(Ngrams::or).orElseThrow();
            statistics[n - 1] = given.shared(right);
            statistics[ORDERS + n - 1] = given.total();
        }
        statistics[OUTPUT_LENGTH] = words.size();
        statistics[REFERENCE_LENGTH] = references.stream().mapToInt(List::size).min().orElseThrow();
        return statistics;
    }

    @Override
    public double score(double[] sums) {
        if (sums[OUTPUT_LENGTH] == 0) {
            return 0;
        }
        double logPrecision = 0;
        for (int i = 0; i < ORDERS; i++) {
            logPrecision += Math.log((sums[i] + 1) / (sums[ORDERS + i] + 1)) / ORDERS;
        }
        double brevity = Math.min(0, 1 - sums[REFERENCE_LENGTH] / sums[OUTPUT_LENGTH]);
        return 100 * Math.exp(logPrecision + brevity);
    }
}
