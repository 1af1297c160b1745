package org.encore.tasks.decoding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.encore.api.inference.Decoding.Limits;
import org.encore.api.inference.Logits;

/** The search for one source's output: which continuations finish it, which go on, and when it is over. */
final class BeamSearch {

    private final Beam.Options options;
    private final Limits limits;
    /** The best continuations of this step, best first; equals in the order of rows and tokens, so that the result is the same every time. */
    private final List<Candidate> ranked = new ArrayList<>();
    private int[] best = new int[0];
    private double bestScore = Double.NEGATIVE_INFINITY;
    private int finished;

    BeamSearch(Beam.Options options, Limits limits) {
        this.options = options;
        this.limits = limits;
    }

    /** An unfinished output and its log probability. */
    record Hypothesis(BeamSearch search, int[] tokens, double logProbability) {
        int last() {
            return tokens[tokens.length - 1];
        }
    }

    /** The output in a generator's row with one more token, which may be the end. */
    record Candidate(int row, Hypothesis before, int token, double logProbability) {
        Hypothesis hypothesis() {
            int[] longer = Arrays.copyOf(before.tokens, before.tokens.length + 1);
            longer[before.tokens.length] = token;
            return new Hypothesis(before.search, longer, logProbability);
        }

        int length() {
            return before.tokens.length + 1;
        }
    }

    /** The best finished output, without its end token; empty if there is none. */
    int[] best() {
        return best;
    }

    /** Ranks every continuation of a row. */
    void collect(Hypothesis hypothesis, int row, Logits logits) {
        double normalizer = logSumExp(logits, row);
        for (int token = 0; token < logits.vocabulary(); token++) {
            rank(new Candidate(row, hypothesis, token, hypothesis.logProbability() + (logits.get(row, token) - normalizer)));
        }
    }

    /** Each row has one end, so twice the width always holds {@code width} unfinished ones. */
    private void rank(Candidate candidate) {
        int place = ranked.size();
        while (place > 0 && ranked.get(place - 1).logProbability() < candidate.logProbability()) {
            place--;
        }
        if (place < 2 * options.width()) {
            ranked.add(place, candidate);
            if (ranked.size() > 2 * options.width()) {
                ranked.removeLast();
            }
        }
    }

    /** What goes on with the next token; nothing if the search is over. */
    List<Candidate> advance() {
        var open = new ArrayList<Candidate>();
        for (int place = 0; place < ranked.size() && open.size() < options.width(); place++) {
            Candidate candidate = ranked.get(place);
            if (candidate.token() != limits.endToken()) {
                open.add(candidate);
            } else if (place < options.width()) {
                finish(candidate, candidate.before().tokens());
            }
        }
        ranked.clear();
        if (open.isEmpty() || finished >= options.width()) {
            return List.of();
        }
        Candidate first = open.getFirst();
        if (first.length() >= limits.maxTokens()) {
            finish(first, first.hypothesis().tokens());
            return List.of();
        }
        // the best that an unfinished output can still reach: no further cost, at the most favourable length
        return score(first.logProbability(), limits.maxTokens()) <= bestScore ? List.of() : List.copyOf(open);
    }

    private void finish(Candidate candidate, int[] tokens) {
        finished++;
        double score = score(candidate.logProbability(), candidate.length());
        if (score > bestScore) {
            best = tokens;
            bestScore = score;
        }
    }

    private double score(double logProbability, int length) {
        return logProbability / Math.pow(length, options.lengthPenalty());
    }

    private static double logSumExp(Logits logits, int row) {
        double max = logits.get(row, logits.argMax(row));
        double sum = 0;
        for (int token = 0; token < logits.vocabulary(); token++) {
            sum += Math.exp(logits.get(row, token) - max);
        }
        return max + Math.log(sum);
    }
}
