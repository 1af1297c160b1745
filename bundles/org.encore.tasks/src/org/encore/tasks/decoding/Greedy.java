package org.encore.tasks.decoding;

import java.util.List;

import org.encore.api.inference.Decoding;
import org.encore.api.inference.Generator;
import org.encore.api.inference.RowByRow;

/** The likeliest token at every step. */
public final class Greedy implements Decoding<Greedy.Options> {

    /** Greedy decoding has nothing to choose. */
    public record Options() {}

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    public int rowsPerSource(Options options) {
        return 1;
    }

    @Override
    public List<int[]> decode(Options options, Generator generator, int[][] sources, Limits limits) {
        return RowByRow.outputs(generator, sources, limits, (logits, row, source) -> logits.argMax(row));
    }
}
