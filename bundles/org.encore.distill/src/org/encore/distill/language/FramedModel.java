package org.encore.distill.language;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.encore.api.inference.Generator;
import org.encore.api.inference.LoadedModel;
import org.encore.api.inference.Logits;
import org.encore.api.inference.RowReader;

/**
 * A language model as a model of sources and targets: its row is what begins a text, the text before, the source, the text between, the target. What
 * a model of ours has at the start token of a target, it has at the last token before the target.
 */
public final class FramedModel implements LoadedModel {

    /** Of the inner model: its start token, which stands behind the source, and the last token, which is given anew. */
    private static final int TAKEN_BACK = 2;

    private final LoadedModel inner;
    private final int startToken;
    private final int[] before;
    private final int[] between;

    /**
     * Takes over the model.
     *
     * @param inner a decoder-only model, whose start token begins a text
     * @param startToken id that begins a text
     * @param before ids before the source
     * @param between ids between source and target
     */
    public FramedModel(LoadedModel inner, int startToken, int[] before, int[] between) {
        this.inner = inner;
        this.startToken = startToken;
        this.before = before.clone();
        this.between = between.clone();
    }

    /** The row up to the target. */
    private int[] row(int[] source) {
        return concat(new int[] {startToken}, before, source, between);
    }

    private static int[] concat(int[]... parts) {
        return Arrays.stream(parts).flatMapToInt(Arrays::stream).toArray();
    }

    @Override
    public Generator generator(int rows, int tokens) {
        Generator generator = inner.generator(rows, tokens + 1 + before.length + between.length + 1);
        return new Generator() {
            @Override
            public Logits start(int[][] sources) {
                int[][] read = Arrays.stream(sources).map(FramedModel.this::row).toArray(int[][]::new);
                generator.start(read);
                generator.rewind(TAKEN_BACK);
                return generator.next(Arrays.stream(read).mapToInt(row -> row[row.length - 1]).toArray());
            }

            @Override
            public Logits next(int[] given) {
                return generator.next(given);
            }

            @Override
            public void select(int[] kept) {
                generator.select(kept);
            }

            @Override
            public void rewind(int count) {
                generator.rewind(count);
            }

            @Override
            public int rows() {
                return generator.rows();
            }

            @Override
            public void close() {
                generator.close();
            }
        };
    }

    /** The inner model reads the whole row as a target without a source: it puts the start token before it by itself. */
    @Override
    public Optional<RowReader> reader() {
        return inner.reader().map(reader -> new RowReader() {
            @Override
            public Logits read(int[][] sources, int[][] targets) {
                int[][] read = new int[sources.length][];
                int longest = 0;
                for (int row = 0; row < sources.length; row++) {
                    read[row] = concat(before, sources[row], between, targets[row]);
                    longest = Math.max(longest, read[row].length + 1);
                }
                Logits all = reader.read(new int[sources.length][0], read);
                int time = 1 + Arrays.stream(targets).mapToInt(target -> target.length).max().orElse(0);
                int vocabulary = all.vocabulary();
                FloatBuffer values = FloatBuffer.allocate(Math.multiplyExact(sources.length * time, vocabulary));
                for (int row = 0; row < sources.length; row++) {
                    int first = row * longest + read[row].length - targets[row].length;
                    values.put(row * time * vocabulary, all.values(), first * vocabulary, (targets[row].length + 1) * vocabulary);
                }
                return new Logits(sources.length * time, vocabulary, values);
            }

            @Override
            public void close() {
                reader.close();
            }
        });
    }

    @Override
    public long weightBytes() {
        return inner.weightBytes();
    }

    @Override
    public long stateBytes(int rows, int tokens) {
        return inner.stateBytes(rows, tokens + 2 + before.length + between.length);
    }

    @Override
    public List<String> remarks() {
        return inner.remarks();
    }

    @Override
    public void close() {
        inner.close();
    }
}
