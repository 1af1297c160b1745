package org.encore.tasks.decoding;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.encore.api.inference.Decoding;
import org.encore.api.inference.Generator;
import org.encore.api.inference.Logits;

/** The likeliest token at every step; rows that ended are dropped, so that the others go on faster. */
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
        var outputs = IntStream.range(0, sources.length).mapToObj(i -> IntStream.builder()).toList();
        int[] active = IntStream.range(0, sources.length).toArray();
        Logits logits = generator.start(sources);
        for (int length = 1; active.length > 0; length++) {
            var kept = new ArrayList<Integer>();
            var tokens = new int[active.length];
            for (int row = 0; row < active.length; row++) {
                tokens[row] = logits.argMax(row);
                if (tokens[row] != limits.endToken()) {
                    outputs.get(active[row]).add(tokens[row]);
                    if (length < limits.maxTokens()) {
                        kept.add(row);
                    }
                }
            }
            if (kept.isEmpty()) {
                break;
            }
            int[] before = active;
            if (kept.size() < before.length) {
                generator.select(kept.stream().mapToInt(Integer::intValue).toArray());
            }
            active = kept.stream().mapToInt(row -> before[row]).toArray();
            logits = generator.next(kept.stream().mapToInt(row -> tokens[row]).toArray());
        }
        return outputs.stream().map(o -> o.build().toArray()).toList();
    }
}
