package org.encore.bench.workload;

import org.encore.api.inference.Generator;

/** One request at a time: a source is read, a target generated. */
public record SingleStream() implements Workload {

    @Override
    public String words() {
        return "single stream";
    }

    @Override
    public void turn(Material material, Generator generator, Clock clock) {
        int[][] source = {material.source(0)};
        clock.asked(source[0].length, 0);
        Greedy.generate(generator, generator.start(source), material.targetTokens(), clock);
    }
}
