package org.encore.experiment.imported;

import java.util.Arrays;
import java.util.stream.IntStream;

import org.encore.api.inference.Decoding.Limits;
import org.encore.api.inference.Generator;
import org.encore.api.inference.LoadedModel;
import org.encore.api.inference.Logits;
import org.encore.api.inference.RowByRow;

/** What an imported model writes, greedily. */
public final class Continuation {

    /** Tokens that are written if nobody says how many. */
    public static final int USUAL_TOKENS = 64;

    private Continuation() {}

    /**
     * The ids that it writes to a source; or a text's ids and those that it goes on with. Without what begins and ends a text.
     *
     * @param prompt ids of the source, or of the text; a text may be empty
     * @param most tokens that it writes
     */
    public static int[] greedy(ImportedModel imported, LoadedModel loaded, int[] prompt, int most) {
        return imported.source().isPresent() ? target(imported, loaded, prompt, most)
                : IntStream.concat(Arrays.stream(prompt), Arrays.stream(more(imported, loaded, prompt, most))).toArray();
    }

    private static int[] target(ImportedModel imported, LoadedModel loaded, int[] source, int most) {
        try (Generator generator = loaded.generator(1, source.length + most + 1)) {
            return RowByRow.outputs(generator, new int[][] {source}, new Limits(imported.endToken(), most), (logits, row, s) -> logits.argMax(row)).getFirst();
        }
    }

    /** A generator puts its start token behind the source, where a language model has none: it is taken back, and the text's last token is given instead. */
    private static int[] more(ImportedModel imported, LoadedModel loaded, int[] text, int most) {
        int[] row = new int[text.length + 1];
        row[0] = imported.startToken();
        System.arraycopy(text, 0, row, 1, text.length);
        try (Generator generator = loaded.generator(1, row.length + most + 1)) {
            return RowByRow.outputs(generator, read(generator, row), new Limits(imported.endToken(), most), (logits, r, t) -> {
                int next = logits.argMax(0);
                return next == imported.startToken() ? imported.endToken() : next; // where another text would begin this one ends
            }).getFirst();
        }
    }

    private static Logits read(Generator generator, int[] row) {
        int source = Math.max(1, row.length - 1);
        generator.start(new int[][] {Arrays.copyOf(row, source)});
        generator.rewind(1 + source - (row.length - 1));
        return generator.next(new int[] {row[row.length - 1]});
    }
}
