package org.encore.tokenizers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.ToIntFunction;

import org.encore.api.Monitor;
import org.jspecify.annotations.Nullable;

/**
 * Learns byte-pair merges (Sennrich et al. 2016, arXiv 1508.07909, algorithm 1): again and again the pair of neighbouring tokens that is most
 * frequent within words becomes one token; among equals the one of the smallest ids. Counts are changed only around each merge, so that a merge
 * costs what its pair's words cost and not a pass over the corpus.
 */
final class Merges {

    private static final int BETWEEN_LOOKS = 64;

    /** Two tokens that stand side by side. */
    record TokenPair(int left, int right) {}

    /** A pair and how frequent it was when it was queued. */
    private record Queued(TokenPair pair, long count) {}

    /** How frequent a pair is, and the words that it stands or stood in. */
    private static final class Occurrences {
        long count;
        int[] words = new int[2];
        int size;

        void add(int word, long times) {
            count += times;
            if (size == 0 || words[size - 1] != word) {
                words = size == words.length ? Arrays.copyOf(words, 2 * size) : words;
                words[size++] = word;
            }
        }
    }

    private static final Comparator<Queued> ORDER = Comparator.comparingLong(Queued::count).reversed()
            .thenComparingInt(queued -> queued.pair().left()).thenComparingInt(queued -> queued.pair().right());

    private final int[][] words;
    private final int[] lengths;
    private final long[] counts;
    private final Map<TokenPair, Occurrences> pairs = new HashMap<>();
    private final PriorityQueue<Queued> queue = new PriorityQueue<>(ORDER);

    /**
     * @param words tokens of each word; they are changed
     * @param counts how often each word stands in the corpus
     */
    Merges(int[][] words, long[] counts) {
        this.words = words;
        this.lengths = Arrays.stream(words).mapToInt(word -> word.length).toArray();
        this.counts = counts;
        for (int w = 0; w < words.length; w++) {
            for (int i = 1; i < lengths[w]; i++) {
                occurrences(new TokenPair(words[w][i - 1], words[w][i])).add(w, counts[w]);
            }
        }
        pairs.forEach((pair, occurrences) -> queue.add(new Queued(pair, occurrences.count)));
    }

    private Occurrences occurrences(TokenPair pair) {
        return pairs.computeIfAbsent(pair, p -> new Occurrences());
    }

    /**
     * Merges in the order in which they apply, until the vocabulary is full or no pair is frequent enough.
     *
     * @param size of the vocabulary now
     * @param vocabulary to reach
     * @param minFrequency of a pair that is merged
     * @param token makes the token of a pair and says its id; the vocabulary has grown if the id is new
     */
    List<TokenPair> learn(int size, int vocabulary, long minFrequency, ToIntFunction<TokenPair> token, Monitor monitor) {
        var merges = new LinkedHashSet<TokenPair>();
        int now = size;
        while (now < vocabulary) {
            if (merges.size() % BETWEEN_LOOKS == 0) {
                if (monitor.cancelled()) {
                    throw new CancellationException("tokenizer stopped");
                }
                monitor.progress(now - size, vocabulary - size, "merges");
            }
            TokenPair best = next(minFrequency);
            if (best == null) {
                break;
            }
            int id = token.applyAsInt(best);
            now = Math.max(now, id + 1);
            merges.add(best);
            merge(best, id);
        }
        return List.copyOf(merges);
    }

    /** The most frequent pair; what is queued with a count of the past is queued anew. */
    private @Nullable TokenPair next(long minFrequency) {
        while (true) {
            Queued first = queue.poll();
            if (first == null) {
                return null;
            }
            Occurrences now = pairs.get(first.pair());
            long count = now == null ? 0 : now.count;
            if (count == first.count()) {
                return count < minFrequency ? null : first.pair();
            }
            if (count > 0) {
                queue.add(new Queued(first.pair(), count));
            }
        }
    }

    private void merge(TokenPair pair, int id) {
        Occurrences merged = Objects.requireNonNull(pairs.remove(pair));
        var grown = new HashSet<TokenPair>();
        for (int k = 0; k < merged.size; k++) {
            merge(pair, id, merged.words[k], grown);
        }
        grown.forEach(next -> queue.add(new Queued(next, occurrences(next).count)));
    }

    private void merge(TokenPair pair, int id, int w, Set<TokenPair> grown) {
        int[] word = words[w];
        int length = lengths[w];
        int write = 0;
        for (int read = 0; read < length; read++) {
            boolean both = word[read] == pair.left() && read + 1 < length && word[read + 1] == pair.right();
            if (both) {
                if (write > 0) {
                    replace(new TokenPair(word[write - 1], pair.left()), new TokenPair(word[write - 1], id), w, pair, grown);
                }
                if (read + 2 < length) {
                    replace(new TokenPair(pair.right(), word[read + 2]), new TokenPair(id, word[read + 2]), w, pair, grown);
                }
                read++;
            }
            word[write++] = both ? id : word[read];
        }
        lengths[w] = write;
    }

    /** One pair of a word gives way to another. The pair that is being merged is not counted any more. */
    private void replace(TokenPair old, TokenPair next, int w, TokenPair merging, Set<TokenPair> grown) {
        if (!old.equals(merging)) {
            occurrences(old).count -= counts[w];
        }
        occurrences(next).add(w, counts[w]);
        grown.add(next);
    }
}
