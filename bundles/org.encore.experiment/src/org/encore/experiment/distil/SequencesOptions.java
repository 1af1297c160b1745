package org.encore.experiment.distil;

import org.encore.api.inference.Decoding;
import org.encore.api.option.Choice;
import org.encore.api.option.Option;
import org.encore.api.teachers.Teacher;

/**
 * How a teacher writes its own outputs.
 *
 * @param teacher who
 * @param decoding how tokens are chosen
 * @param maxTokens longest output
 * @param sources in a batch
 */
public record SequencesOptions(
        @Option(value = "trained", help = "who writes") Choice<Teacher<?>> teacher,
        @Option(value = "beam", help = "how tokens are chosen, if the teacher gives distributions; one that gives whole outputs chooses itself")
        Choice<Decoding<?>> decoding,
        @Option(value = "64", help = "longest output, if the teacher gives distributions", unit = "tokens") int maxTokens,
        @Option(value = "64", help = "sources that are decoded together; changes the speed, not what is written") int sources) {

    public SequencesOptions {
        if (maxTokens < 1) {
            throw new IllegalArgumentException("maxTokens " + maxTokens + " must be at least 1");
        }
        if (sources < 1) {
            throw new IllegalArgumentException("sources " + sources + " must be at least 1");
        }
    }
}
