package org.encore.distill.language;

import java.util.Optional;

import org.encore.api.option.Option;
import org.encore.api.teachers.Gives;

/**
 * How pairs are put to a language model, and what is taken from it.
 *
 * @param gives what is taken
 * @param before text before the source
 * @param between text between source and target
 * @param until text that ends an answer
 * @param maxTokens longest answer
 * @param rows that are computed together
 */
public record Pairs(
        @Option(value = "distributions", help = "what is taken: distributions at the targets of the data, which needs the students' tokenizer to be its own; "
                + "distributions where spans of text begin that it and the students write (spans), for the objective span-uld; or answers") Gives gives,
        @Option(help = "text before the source, such as an instruction") Optional<String> before,
        @Option(help = "text between source and target, such as ' = '") Optional<String> between,
        @Option(help = "text that ends an answer, beside the end of the text; the end of a line if left out") Optional<String> until,
        @Option(value = "64", help = "longest answer", unit = "tokens") int maxTokens,
        @Option(value = "16", help = "rows that are computed together; changes the speed, not what is said") int rows) {

    public Pairs {
        if (maxTokens < 1 || rows < 1) {
            throw new IllegalArgumentException("maxTokens " + maxTokens + " and rows " + rows + " must be at least 1");
        }
        if (until.isPresent() && until.get().isEmpty()) {
            throw new IllegalArgumentException("until is empty, so every answer would be; give a text, or leave it out");
        }
    }

    /** A source as the model is asked. */
    String asked(String source) {
        return before.orElse("") + source + between.orElse("");
    }

    String end() {
        return until.orElse("\n");
    }
}
