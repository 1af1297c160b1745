package org.encore.experiment.imported;

import java.util.Arrays;

import org.encore.api.inference.Generator;
import org.encore.api.inference.LoadedModel;
import org.encore.api.inference.Logits;

/** A language model goes on with a text, greedily. */
public final class Continuation {

    private Continuation() {}

    /**
     * The text's ids and those that follow, without what begins and ends a text. A generator puts its start token behind the source, where a language
     * model has none: it is taken back, and the text's last token is given instead.
     *
     * @param prompt ids of the text; may be empty
     * @param most tokens that follow
     */
    public static int[] greedy(ImportedModel imported, LoadedModel loaded, int[] prompt, int most) {
        int[] row = new int[prompt.length + 1];
        row[0] = imported.startToken();
        System.arraycopy(prompt, 0, row, 1, prompt.length);
        var all = Arrays.copyOf(prompt, prompt.length + most);
        int count = prompt.length;
        try (Generator generator = loaded.generator(1, row.length + most + 1)) {
            Logits logits = read(generator, row);
            while (count < all.length) {
                int next = logits.argMax(0);
                if (next == imported.endToken() || next == imported.startToken()) {
                    break;
                }
                all[count++] = next;
                logits = count < all.length ? generator.next(new int[] {next}) : logits;
            }
        }
        return Arrays.copyOf(all, count);
    }

    private static Logits read(Generator generator, int[] row) {
        int source = Math.max(1, row.length - 1);
        generator.start(new int[][] {Arrays.copyOf(row, source)});
        generator.rewind(1 + source - (row.length - 1));
        return generator.next(new int[] {row[row.length - 1]});
    }
}
