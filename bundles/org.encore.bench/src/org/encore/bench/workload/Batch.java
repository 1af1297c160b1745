package org.encore.bench.workload;

import org.encore.api.inference.Generator;
import org.encore.api.option.Option;

/** Several requests side by side, as when a file is worked through: what counts is tokens per second. */
public record Batch(@Option(value = "8", help = "requests side by side") int rows) implements Workload {

    public Batch {
        if (rows < 1) {
            throw new IllegalArgumentException("a batch of " + rows + " rows: give at least 1");
        }
    }

    @Override
    public String words() {
        return "offline batch of " + rows;
    }

    @Override
    public void turn(Material material, Generator generator, Clock clock) {
        var sources = new int[rows][];
        for (int row = 0; row < rows; row++) {
            sources[row] = material.source(row);
        }
        clock.asked(sources[0].length, 0);
        Greedy.generate(generator, generator.start(sources), material.targetTokens(), clock);
    }
}
