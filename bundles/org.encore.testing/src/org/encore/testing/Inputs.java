package org.encore.testing;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

import org.encore.api.training.Batch;
import org.encore.graph.Names;
import org.encore.reference.Value;

/**
 * Right-padded sources and targets of a small vocabulary; every target begins with the start token.
 *
 * @param rows B
 * @param sourceTime S, the longest source
 * @param targetTime T, the longest target
 * @param source (B, S) token ids, row by row
 * @param sourceLengths (B)
 * @param target (B, T) token ids, row by row
 * @param targetLengths (B)
 */
public record Inputs(int rows, int sourceTime, int targetTime, long[] source, long[] sourceLengths, long[] target, long[] targetLengths) {

    /** V of all cases. */
    public static final int VOCABULARY = 11;
    /** Begins every target. */
    public static final int START = 1;
    /** Ends every target. */
    public static final int END = 2;

    private static final int MOST_ROWS = 4;
    private static final int LONGEST = 6;

    /** One to four rows of one to six tokens. */
    public static Inputs random(Random random) {
        int rows = 1 + random.nextInt(MOST_ROWS);
        int sourceTime = 1 + random.nextInt(LONGEST);
        int targetTime = 1 + random.nextInt(LONGEST);
        var source = random.longs((long) rows * sourceTime, 0, VOCABULARY).toArray();
        var target = random.longs((long) rows * targetTime, 0, VOCABULARY).toArray();
        var sourceLengths = new long[rows];
        var targetLengths = new long[rows];
        for (int row = 0; row < rows; row++) {
            sourceLengths[row] = row == 0 ? sourceTime : 1 + random.nextInt(sourceTime);
            targetLengths[row] = row == rows - 1 ? targetTime : 1 + random.nextInt(targetTime);
            target[row * targetTime] = START;
        }
        return new Inputs(rows, sourceTime, targetTime, source, sourceLengths, target, targetLengths);
    }

    /** What the train program takes. */
    public Map<String, Value> train() {
        var inputs = new HashMap<>(prefill());
        inputs.put(Names.TARGET, Value.of(new long[] {rows, targetTime}, target));
        inputs.put(Names.TARGET_LENGTHS, Value.of(new long[] {rows}, targetLengths));
        return inputs;
    }

    /** What the prefill program takes. */
    public Map<String, Value> prefill() {
        return Map.of(Names.SOURCE, Value.of(new long[] {rows, sourceTime}, source), Names.SOURCE_LENGTHS,
                Value.of(new long[] {rows}, sourceLengths));
    }

    /** What a generator takes. */
    public int[][] sources() {
        var sources = new int[rows][];
        for (int row = 0; row < rows; row++) {
            sources[row] = Arrays.stream(source, row * sourceTime, row * sourceTime + (int) sourceLengths[row]).mapToInt(id -> (int) id).toArray();
        }
        return sources;
    }

    /** The tokens of all rows at a position of the target. */
    public int[] targetsAt(int position) {
        var tokens = new int[rows];
        Arrays.setAll(tokens, row -> (int) target[row * targetTime + position]);
        return tokens;
    }

    /** One row alone, without padding. */
    public Inputs row(int row) {
        int s = (int) sourceLengths[row];
        int t = (int) targetLengths[row];
        return new Inputs(1, s, t, Arrays.copyOfRange(source, row * sourceTime, row * sourceTime + s), new long[] {s},
                Arrays.copyOfRange(target, row * targetTime, row * targetTime + t), new long[] {t});
    }

    /** (B, T) labels: the target shifted by one, then the end token. */
    public long[] labels() {
        var labels = new long[target.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (i + 1) % targetTime == 0 ? END : target[i + 1];
        }
        return labels;
    }

    /** What a trainer takes. */
    public Batch batch() {
        return new Batch(rows, sourceTime, targetTime, source, sourceLengths, target, labels(), targetLengths);
    }
}
