package org.encore.experiment.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiFunction;

import org.encore.api.task.Tokenizer;
import org.encore.api.training.Batch;

/**
 * Which pairs make up the batch of each step: a function of (seed, step) alone, so that a resumed training sees what an unbroken one sees. In
 * every epoch all pairs are shuffled, sorted by length within large chunks, cut into batches of about equally many tokens, and the batches
 * shuffled: little padding, without a fixed order.
 */
public final class BatchOrder implements Batches {

    /** Pairs that are sorted by length together: many batches long, so that batches are even, and a small part of an epoch. */
    private static final int CHUNK = 8192;

    private final Encoded data;
    private final Tokenizer tokenizer;
    private final int batchTokens;
    private final long seed;
    private long epoch = -1;
    private long firstStep = 1;
    private List<int[]> batches = List.of();

    /** @param batchTokens most tokens of a batch, padding included */
    public BatchOrder(Encoded data, Tokenizer tokenizer, int batchTokens, long seed) {
        if (data.size() == 0) {
            throw new IllegalArgumentException("no pairs to train on");
        }
        this.data = data;
        this.tokenizer = tokenizer;
        this.batchTokens = batchTokens;
        this.seed = seed;
    }

    /** The batch of a step, counted from 1. */
    @Override
    public Batch batch(long step) {
        return batch(pairs(step), data, tokenizer);
    }

    /** Indices of the pairs of a step, in the order of the batch's rows. */
    public int[] pairs(long step) {
        if (epoch < 0 || step < firstStep) {
            epoch = 0;
            firstStep = 1;
            batches = plan(0);
        }
        while (step >= firstStep + batches.size()) {
            firstStep += batches.size();
            epoch++;
            batches = plan(epoch);
        }
        return batches.get((int) (step - firstStep));
    }

    /** Tokens of a step, without padding. */
    public long tokens(long step) {
        long sum = 0;
        for (int pair : pairs(step)) {
            sum += data.tokens(pair);
        }
        return sum;
    }

    /** The number of steps until this many tokens have been seen. */
    @Override
    public long steps(long tokens) {
        long seen = 0;
        long step = 0;
        while (seen < tokens) {
            step++;
            seen += tokens(step);
        }
        return step;
    }

    private List<int[]> plan(long ofEpoch) {
        var random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + ofEpoch);
        int[] order = shuffled(data.size(), random);
        var plan = new ArrayList<int[]>();
        for (int start = 0; start < order.length; start += CHUNK) {
            var chunk = new ArrayList<Integer>();
            for (int i = start; i < Math.min(order.length, start + CHUNK); i++) {
                chunk.add(order[i]);
            }
            chunk.sort(Comparator.comparingInt(data::tokens));
            cut(chunk, plan);
        }
        int[] mixed = shuffled(plan.size(), random);
        return java.util.Arrays.stream(mixed).mapToObj(plan::get).toList();
    }

    private void cut(List<Integer> chunk, List<int[]> plan) {
        var batch = new ArrayList<Integer>();
        int longestSource = 0;
        int longestTarget = 0;
        for (int pair : chunk) {
            int source = Math.max(longestSource, data.sources()[pair].length);
            int target = Math.max(longestTarget, data.targets()[pair].length + 1);
            if (!batch.isEmpty() && (source + target) * (batch.size() + 1L) > batchTokens) {
                plan.add(batch.stream().mapToInt(Integer::intValue).toArray());
                batch.clear();
                source = data.sources()[pair].length;
                target = data.targets()[pair].length + 1;
            }
            batch.add(pair);
            longestSource = source;
            longestTarget = target;
        }
        plan.add(batch.stream().mapToInt(Integer::intValue).toArray());
    }

    private static int[] shuffled(int size, SplittableRandom random) {
        var order = new int[size];
        for (int i = 0; i < size; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    /** Held-out pairs in batches of equal length order, every pair once. */
    public static List<Batch> inOrder(Encoded data, Tokenizer tokenizer, int batchTokens) {
        return inOrder(data, tokenizer, batchTokens, (pairs, batch) -> batch);
    }

    /** As {@link #inOrder(Encoded, Tokenizer, int)}. @param finish of a batch, from the indices of its pairs */
    public static List<Batch> inOrder(Encoded data, Tokenizer tokenizer, int batchTokens, BiFunction<int[], Batch, Batch> finish) {
        var order = new BatchOrder(data, tokenizer, batchTokens, 0);
        var all = new ArrayList<Integer>();
        for (int i = 0; i < data.size(); i++) {
            all.add(i);
        }
        all.sort(Comparator.comparingInt(data::tokens));
        var plan = new ArrayList<int[]>();
        order.cut(all, plan);
        return plan.stream().map(pairs -> finish.apply(pairs, batch(pairs, data, tokenizer))).toList();
    }

    /** All pairs as one batch, in their order. */
    public static Batch whole(Encoded data, Tokenizer tokenizer) {
        return batch(java.util.stream.IntStream.range(0, data.size()).toArray(), data, tokenizer);
    }

    private static Batch batch(int[] pairs, Encoded data, Tokenizer tokenizer) {
        int rows = pairs.length;
        int sourceTime = 0;
        int targetTime = 0;
        for (int pair : pairs) {
            sourceTime = Math.max(sourceTime, data.sources()[pair].length);
            targetTime = Math.max(targetTime, data.targets()[pair].length + 1);
        }
        var source = filled(rows * sourceTime, tokenizer.padToken());
        var target = filled(rows * targetTime, tokenizer.padToken());
        var labels = filled(rows * targetTime, tokenizer.padToken());
        var sourceLengths = new long[rows];
        var targetLengths = new long[rows];
        for (int row = 0; row < rows; row++) {
            int[] from = data.sources()[pairs[row]];
            int[] to = data.targets()[pairs[row]];
            sourceLengths[row] = from.length;
            targetLengths[row] = to.length + 1L;
            for (int i = 0; i < from.length; i++) {
                source[row * sourceTime + i] = from[i];
            }
            target[row * targetTime] = tokenizer.startToken();
            for (int i = 0; i < to.length; i++) {
                target[row * targetTime + i + 1] = to[i];
                labels[row * targetTime + i] = to[i];
            }
            labels[row * targetTime + to.length] = tokenizer.endToken();
        }
        return new Batch(rows, sourceTime, targetTime, source, sourceLengths, target, labels, targetLengths);
    }

    private static long[] filled(int size, long value) {
        var array = new long[size];
        java.util.Arrays.fill(array, value);
        return array;
    }
}
