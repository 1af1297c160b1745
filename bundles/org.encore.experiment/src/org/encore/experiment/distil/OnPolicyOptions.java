package org.encore.experiment.distil;

import org.encore.api.inference.Backend;
import org.encore.api.option.Choice;
import org.encore.api.option.Option;
import org.encore.api.teachers.Teacher;

/**
 * Sequences that the student writes itself, and the teacher comments (Agarwal et al. 2023, arXiv 2306.13649).
 *
 * @param fraction lambda
 * @param adaptive whether the fraction begins at 0 and rises
 * @param replay outputs that are kept to be used again
 * @param refresh updates for which outputs are drawn at once
 * @param temperature of drawing
 * @param topK tokens that are drawn from
 * @param maxTokens of an output
 * @param teacher who comments
 * @param backend what generates
 * @param rows in a batch of generation
 */
public record OnPolicyOptions(
        @Option(value = "0", help = "share of the updates that learn from sequences which the student wrote (lambda), 0 to 1") double fraction,
        @Option(value = "false", help = "begin at 0, and rise by a tenth up to the fraction whenever the development loss has risen by 0.1 nats (DistiLLM)")
        boolean adaptive,
        @Option(value = "0", help = "outputs kept to be used again; the later in the training, the more are used again instead of drawn. 0 for none (DistiLLM: 1000)")
        int replay,
        @Option(value = "16", help = "updates for which outputs are drawn at once, with the weights of the first; 1 for no delay") int refresh,
        @Option(value = "1.0", help = "temperature of drawing; that of the objective is another") double temperature,
        @Option(value = "0", help = "likeliest tokens that are drawn from; 0 for all") int topK,
        @Option(value = "64", help = "most tokens of an output") int maxTokens,
        @Option(value = "trained", help = "who comments: the teacher of the stage 'teacher-cache'") Choice<Teacher<?>> teacher,
        @Option(value = "ort-cpu", help = "what generates, with the weights of the moment") Choice<Backend<?>> backend,
        @Option(value = "128", help = "rows that are generated together") int rows) {

    public OnPolicyOptions {
        if (!(fraction >= 0 && fraction <= 1)) {
            throw new IllegalArgumentException("fraction " + fraction + " must be from 0 to 1");
        }
        if (replay < 0 || refresh < 1 || maxTokens < 1 || rows < 1 || topK < 0) {
            throw new IllegalArgumentException("replay " + replay + ", refresh " + refresh + ", maxTokens " + maxTokens + ", rows " + rows + ", topK " + topK
                    + ": replay and topK must not be negative, the others at least 1");
        }
        if (!(temperature > 0 && temperature <= 100)) {
            throw new IllegalArgumentException("temperature " + temperature + " must be above 0 and at most 100");
        }
        if (fraction == 0 && (adaptive || replay > 0)) {
            throw new IllegalArgumentException("adaptive and replay say how a fraction is reached, but fraction is 0; give one above 0");
        }
    }

    boolean used() {
        return fraction > 0;
    }
}
