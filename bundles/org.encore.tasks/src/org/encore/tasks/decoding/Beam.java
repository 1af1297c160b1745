package org.encore.tasks.decoding;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.encore.api.inference.Decoding;
import org.encore.api.inference.Generator;
import org.encore.api.inference.Logits;
import org.encore.api.option.Option;

/**
 * Beam search: at every step the best {@code width} unfinished outputs of each source go on. An output's score is its log probability over
 * length^lengthPenalty, the end token counted (after Wu et al. 2016, arXiv 1609.08144, simplified). A source is done when no unfinished output
 * can beat its best finished one any more.
 */
public final class Beam implements Decoding<Beam.Options> {

    /**
     * @param width outputs kept
     * @param lengthPenalty exponent of the length; 0 compares plain log probabilities
     */
    public record Options(
            @Option(value = "4", help = "unfinished outputs kept at every step") int width,
            @Option(value = "1.0", help = "exponent of the length that log probabilities are divided by; 0 favours short outputs") double lengthPenalty) {

        public Options {
            if (width < 1 || width > 256) {
                throw new IllegalArgumentException("beam width " + width + ": give 1 to 256");
            }
            if (!(lengthPenalty >= 0)) {
                throw new IllegalArgumentException("lengthPenalty " + lengthPenalty + " must not be negative");
            }
        }
    }

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    public int rowsPerSource(Options options) {
        return options.width();
    }

    @Override
    public List<int[]> decode(Options options, Generator generator, int[][] sources, Limits limits) {
        var searches = new ArrayList<Search>();
        for (int[] source : sources) {
            searches.add(new Search(options, limits, source.length));
        }
        Logits logits = generator.start(sources);
        List<Hypothesis> rows = searches.stream().map(search -> new Hypothesis(search, new int[0], 0)).toList();
        for (int length = 1; !rows.isEmpty(); length++) {
            rows = advance(rows, logits, generator, length);
            if (!rows.isEmpty()) {
                logits = generator.next(rows.stream().mapToInt(Hypothesis::last).toArray());
            }
        }
        return searches.stream().map(Search::best).toList();
    }

    /** The unfinished outputs after one more token, the generator's rows put in their order. */
    private static List<Hypothesis> advance(List<Hypothesis> rows, Logits logits, Generator generator, int length) {
        var next = new ArrayList<Hypothesis>();
        var from = new ArrayList<Integer>();
        for (int start = 0; start < rows.size();) {
            Search search = rows.get(start).search();
            int end = start;
            var candidates = new ArrayList<Candidate>();
            while (end < rows.size() && rows.get(end).search() == search) {
                search.collect(rows.get(end), end, logits, candidates);
                end++;
            }
            for (Candidate candidate : search.keep(candidates, length)) {
                next.add(candidate.hypothesis());
                from.add(candidate.row());
            }
            start = end;
        }
        int[] order = from.stream().mapToInt(Integer::intValue).toArray();
        boolean asBefore = order.length == rows.size();
        for (int i = 0; i < order.length; i++) {
            asBefore &= order[i] == i;
        }
        if (!asBefore && order.length > 0) {
            generator.select(order);
        }
        return next;
    }

    /** An output so far and its log probability. */
    private record Hypothesis(Search search, int[] tokens, double logProbability) {
        int last() {
            return tokens[tokens.length - 1];
        }

        Hypothesis plus(int token, double more) {
            int[] longer = java.util.Arrays.copyOf(tokens, tokens.length + 1);
            longer[tokens.length] = token;
            return new Hypothesis(search, longer, logProbability + more);
        }
    }

    /** A possible continuation of the output in a generator's row. */
    private record Candidate(int row, Hypothesis hypothesis) {}

    /** The search for one source's output. */
    private static final class Search {
        private final Options options;
        private final Limits limits;
        private int[] best = new int[0];
        private double bestScore = Double.NEGATIVE_INFINITY;

        Search(Options options, Limits limits, int sourceLength) {
            this.options = options;
            this.limits = limits;
            if (sourceLength < 1) {
                throw new IllegalArgumentException("a source is empty; give at least one token");
            }
        }

        int[] best() {
            return best;
        }

        /** Adds every continuation of a row; the end token's goes to the finished ones instead. */
        void collect(Hypothesis hypothesis, int row, Logits logits, List<Candidate> candidates) {
            double normalizer = logSumExp(logits, row);
            for (int token = 0; token < logits.vocabulary(); token++) {
                double more = logits.get(row, token) - normalizer;
                if (token == limits.endToken()) {
                    finish(hypothesis.tokens(), hypothesis.logProbability() + more, hypothesis.tokens().length + 1);
                } else {
                    candidates.add(new Candidate(row, hypothesis.plus(token, more)));
                }
            }
        }

        private void finish(int[] tokens, double logProbability, int length) {
            double score = score(logProbability, length);
            if (score > bestScore) {
                best = tokens;
                bestScore = score;
            }
        }

        private double score(double logProbability, int length) {
            return logProbability / Math.pow(length, options.lengthPenalty());
        }

        /** What goes on; nothing if the longest length is reached or the best finished output cannot be beaten. */
        List<Candidate> keep(List<Candidate> candidates, int length) {
            // the sort is stable, so equal scores keep the order of rows and tokens: the same result every time
            candidates.sort(Comparator.comparingDouble((Candidate c) -> -c.hypothesis().logProbability()));
            List<Candidate> kept = List.copyOf(candidates.subList(0, Math.min(options.width(), candidates.size())));
            if (length >= limits.maxTokens()) {
                if (cut(kept) > bestScore) {
                    finish(kept.getFirst().hypothesis().tokens(), kept.getFirst().hypothesis().logProbability(), length);
                }
                return List.of();
            }
            // the best that an unfinished output can still reach: no further cost, at the most favourable length
            double reachable = score(kept.getFirst().hypothesis().logProbability(), limits.maxTokens() + 1);
            return reachable <= bestScore ? List.of() : kept;
        }

        private double cut(List<Candidate> kept) {
            Hypothesis first = kept.getFirst().hypothesis();
            return score(first.logProbability(), first.tokens().length);
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
}
