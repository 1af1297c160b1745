package org.encore.distill;

import java.util.Arrays;

import org.encore.api.training.Guidance;

/** Takes the likeliest tokens out of scores, position after position. */
final class Likeliest {

    /** Logarithms below are as good as nothing, and stay finite in half precision. */
    static final double LEAST = -60_000;

    private final int vocabulary;
    private final int k;
    private final double temperature;
    private final long[] tokens;
    private final float[] logProbabilities;
    private final float[] tail;
    private final int[] row;
    private final double[] own;
    private int position;

    /** @param row tokens that stand at the positions which will be added */
    Likeliest(int[] row, int vocabulary, int k, double temperature) {
        if (k < 1 || k > vocabulary) {
            throw new IllegalArgumentException("k " + k + " of a vocabulary of " + vocabulary + "; give 1 to " + vocabulary);
        }
        this.vocabulary = vocabulary;
        this.k = k;
        this.temperature = temperature;
        this.row = row;
        this.own = new double[row.length];
        this.tokens = new long[row.length * k];
        this.logProbabilities = new float[row.length * k];
        this.tail = new float[row.length];
    }

    /** Score of a token before normalisation. */
    interface Scores {
        double of(int token);
    }

    /**
     * The next position.
     *
     * @throws IllegalStateException if a score is no number
     */
    void add(Scores scores) {
        double max = Double.NEGATIVE_INFINITY;
        var best = new Heap(k);
        for (int token = 0; token < vocabulary; token++) {
            double score = scores.of(token) / temperature;
            if (Double.isNaN(score) || score == Double.POSITIVE_INFINITY) {
                throw new IllegalStateException("the teacher's score of token " + token + " is " + score
                        + ": its weights are damaged, or its precision too low");
            }
            max = Math.max(max, score);
            best.offer(token, score);
        }
        double sum = 0;
        for (int token = 0; token < vocabulary; token++) {
            sum += Math.exp(scores.of(token) / temperature - max);
        }
        double normalizer = max + Math.log(sum);
        double kept = 0;
        int[] ordered = best.ordered();
        for (int i = 0; i < k; i++) {
            double logProbability = scores.of(ordered[i]) / temperature - normalizer;
            tokens[position * k + i] = ordered[i];
            logProbabilities[position * k + i] = (float) Math.max(logProbability, LEAST);
            kept += Math.exp(logProbability);
        }
        own[position] = scores.of(row[position]) / temperature - normalizer;
        tail[position++] = k == vocabulary ? 0 : (float) Math.max(0, 1 - kept);
    }

    RowScores.Heard result() {
        return new RowScores.Heard(new Guidance.Top(k, tokens, logProbabilities, tail), own);
    }

    /** The k best so far, the worst of them on top. Among equals the lower id is better. */
    private static final class Heap {

        private final int[] ids;
        private final double[] scores;
        private int size;

        Heap(int k) {
            ids = new int[k];
            scores = new double[k];
        }

        void offer(int id, double score) {
            if (size < ids.length) {
                ids[size] = id;
                scores[size] = score;
                for (int at = size++; at > 0 && scores[at] < scores[(at - 1) / 2]; at = (at - 1) / 2) {
                    swap(at, (at - 1) / 2);
                }
            } else if (score > scores[0]) {
                ids[0] = id;
                scores[0] = score;
                sink();
            }
        }

        private void sink() {
            int at = 0;
            while (true) {
                int worst = at;
                for (int child = 2 * at + 1; child <= 2 * at + 2 && child < size; child++) {
                    worst = scores[child] < scores[worst] ? child : worst;
                }
                if (worst == at) {
                    return;
                }
                swap(at, worst);
                at = worst;
            }
        }

        private void swap(int a, int b) {
            int id = ids[a];
            ids[a] = ids[b];
            ids[b] = id;
            double score = scores[a];
            scores[a] = scores[b];
            scores[b] = score;
        }

        int[] ordered() {
            Integer[] order = new Integer[size];
            Arrays.setAll(order, i -> i);
            Arrays.sort(order, (a, b) -> scores[a] != scores[b] ? Double.compare(scores[b], scores[a]) : Integer.compare(ids[a], ids[b]));
            return Arrays.stream(order).mapToInt(i -> ids[i]).toArray();
        }
    }
}
