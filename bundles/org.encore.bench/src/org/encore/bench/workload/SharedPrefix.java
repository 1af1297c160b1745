package org.encore.bench.workload;

import java.util.Arrays;

import org.encore.api.inference.Generator;
import org.encore.api.option.Option;

/**
 * Requests that begin alike, such as with the same instructions: a model that reads its source into a cache finds the beginning there, which is not
 * timed; one that reads a source as a whole reads it again.
 */
public record SharedPrefix(@Option(value = "0.5", help = "share of the source that all requests begin with, between 0 and 1") double share) implements Workload {

    public SharedPrefix {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException("a shared prefix of " + share + " of the source: give a number between 0 and 1");
        }
    }

    @Override
    public String words() {
        return "shared prefix of " + Math.round(100 * share) + " %";
    }

    @Override
    public void turn(Material material, Generator generator, Clock clock) {
        int[] source = material.source(0);
        int prefix = Math.clamp(Math.round(source.length * share), 1, source.length - 1);
        if (!generator.readsOn()) {
            clock.asked(source.length, 0);
            Greedy.generate(generator, generator.start(new int[][] {source}), material.targetTokens(), clock);
            return;
        }
        generator.start(new int[][] {Arrays.copyOf(source, prefix)});
        generator.rewind(1);   // the start token behind the prefix
        int[] rest = Arrays.copyOfRange(source, prefix, source.length);
        clock.asked(rest.length, prefix);
        Greedy.generate(generator, generator.readOn(rest), material.targetTokens(), clock);
    }
}
