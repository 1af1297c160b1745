package org.encore.experiment.distil;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.encore.distill.Alignment;
import org.encore.distill.CommonSpans;
import org.encore.experiment.result.RecordFile;

/**
 * How far a student is from its teacher, token by token, at a few examples of the development set that are the same for all students of a teacher.
 *
 * @param examples from the one at which the teacher is surest to the one at which it is least so
 */
public record TokenByToken(List<Example> examples) {

    private static final String FILE = "token-by-token.json";

    public TokenByToken {
        examples = List.copyOf(examples);
    }

    /**
     * An example.
     *
     * @param source text
     * @param target text, the right one, which both have read
     * @param positions the first ones
     * @param left how many positions follow that are not shown
     * @param spans of text in which a teacher with a tokenizer of its own meets the student; none of one with the student's
     */
    public record Example(String source, String target, List<Position> positions, int left, List<CommonSpans.Shown> spans) {
        public Example {
            positions = List.copyOf(positions);
            spans = List.copyOf(spans);
        }
    }

    /**
     * Where teacher and student meet. How far they are apart is KL(teacher, student) in nats; where a span of text begins, the sum over ranks of |p - q|
     * ({@code span-uld}), from 0 to 2.
     *
     * @param at which position of whom
     * @param teacherEntropy nats; a lower bound, as in {@link Agreement}; NaN where a span goes on
     * @param before how far they were apart with the weights that distillation began with; NaN if it began anew, and where a span goes on
     * @param after the same with the weights that it left
     */
    public record Position(Alignment.Shown at, double teacherEntropy, double before, double after) {

        /** Whether the teacher says something there. */
        public boolean told() {
            return !Double.isNaN(teacherEntropy);
        }
    }

    /** What a stage left; empty if it left nothing. */
    public static Optional<TokenByToken> read(Path folder) throws IOException {
        return RecordFile.read(folder.resolve(FILE), TokenByToken.class);
    }

    void write(Path folder) throws IOException {
        RecordFile.write(folder.resolve(FILE), this);
    }
}
