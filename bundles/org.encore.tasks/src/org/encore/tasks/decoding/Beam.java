package org.encore.tasks.decoding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.encore.api.inference.Decoding;
import org.encore.api.inference.Generator;
import org.encore.api.inference.Logits;
import org.encore.api.option.Option;
import org.encore.tasks.decoding.BeamSearch.Candidate;
import org.encore.tasks.decoding.BeamSearch.Hypothesis;

/**
 * Beam search: at every step the best {@code width} unfinished outputs of each source go on. An output is finished when its end is among the best
 * {@code width} continuations, so that a beam of one is greedy decoding. Its score is its log probability over length^lengthPenalty, the end token
 * counted (after Wu et al. 2016, arXiv 1609.08144, simplified). A source is done when {@code width} outputs are finished, or when no unfinished one
 * can beat the best finished one any more; its rows are then dropped.
 */
public final class Beam implements Decoding<Beam.Options> {

    /**
     * @param width outputs kept
     * @param lengthPenalty exponent of the length; 0 compares plain log probabilities
     */
    public record Options(
            @Option(value = "4", help = "unfinished outputs kept at every step; 1 is greedy decoding") int width,
            @Option(value = "1.0", help = "exponent of the length that log probabilities are divided by; 0 favours short outputs")
            double lengthPenalty) {

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
        List<BeamSearch> searches = Arrays.stream(sources).map(source -> new BeamSearch(options, limits)).toList();
        Logits logits = generator.start(sources);
        List<Hypothesis> rows = searches.stream().map(search -> new Hypothesis(search, new int[0], 0)).toList();
        while (!rows.isEmpty()) {
            List<Candidate> kept = advance(rows, logits);
            keep(kept, rows.size(), generator);
            rows = kept.stream().map(Candidate::hypothesis).toList();
            if (!rows.isEmpty()) {
                logits = generator.next(rows.stream().mapToInt(Hypothesis::last).toArray());
            }
        }
        return searches.stream().map(BeamSearch::best).toList();
    }

    /** The continuations that go on, source by source. */
    private static List<Candidate> advance(List<Hypothesis> rows, Logits logits) {
        var kept = new ArrayList<Candidate>();
        for (int row = 0; row < rows.size(); row++) {
            BeamSearch search = rows.get(row).search();
            search.collect(rows.get(row), row, logits);
            if (row + 1 == rows.size() || rows.get(row + 1).search() != search) {
                kept.addAll(search.advance());
            }
        }
        return kept;
    }

    /** Puts the generator's rows in the order of what goes on; copying caches costs, so not if they are in that order already. */
    private static void keep(List<Candidate> kept, int rows, Generator generator) {
        int[] order = kept.stream().mapToInt(Candidate::row).toArray();
        boolean asBefore = order.length == rows;
        for (int i = 0; i < order.length; i++) {
            asBefore &= order[i] == i;
        }
        if (!asBefore && order.length > 0) {
            generator.select(order);
        }
    }
}
