package org.encore.oracle.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.encore.api.task.Tokenizer;
import org.encore.api.teachers.Scoring;
import org.encore.api.training.Guidance;
import org.encore.distill.ModelScores;
import org.encore.distill.SpanScores;
import org.encore.graph.Names;
import org.encore.graph.Program;
import org.encore.objectives.ForwardKl;
import org.encore.objectives.SpanUniversalLogit;
import org.encore.objectives.UniversalLogit;
import org.encore.objectives.Weighted;
import org.encore.reference.Reference;
import org.encore.reference.ReferenceBackend;
import org.encore.reference.Value;
import org.encore.testing.Case;
import org.encore.testing.Inputs;
import org.junit.jupiter.api.Test;

/**
 * Teacher and student meet at the same positions: a model that is its own teacher has nothing to learn, whatever its architecture, lengths and padding; told what
 * belongs one position further on, it has.
 */
class AlignmentTest {

    private static final int V = Inputs.VOCABULARY;
    private static final double STEP = 1e-3;

    @Test
    void aModelThatIsItsOwnTeacherHasNothingToLearn() {
        Program objective = new ForwardKl().build(new Weighted(1, 1), V);
        for (Case c : Cases.all()) {
            Map<String, Value> inputs = inputs(c, 0);
            assertThat(Math.abs(loss(objective, inputs))).as(c.name()).isLessThan(1e-6);
            int time = c.inputs().targetTime();
            for (int row = 0; row < c.inputs().rows(); row++) {
                for (int position = 0; position < time; position++) {
                    int logit = (row * time + position) * V + (row + position) % V;
                    assertThat(Math.abs(derivative(objective, inputs, logit))).as("%s, row %d, position %d", c.name(), row, position).isLessThan(1e-6);
                }
            }
        }
    }

    @Test
    void toldWhatBelongsOnePositionFurtherOnItHas() {
        Program objective = new ForwardKl().build(new Weighted(1, 1), V);
        int tried = 0;
        for (Case c : Cases.all()) {
            if (Arrays.stream(c.inputs().targetLengths()).anyMatch(length -> length > 1)) {
                assertThat(loss(objective, inputs(c, 1))).as(c.name()).isGreaterThan(1e-4);
                tried++;
            }
        }
        assertThat(tried).isGreaterThan(10);
    }

    /** The same when the teacher is asked for spans of text, which with one tokenizer are single tokens. */
    @Test
    void aModelThatIsItsOwnTeacherHasNothingToLearnFromSpans() {
        Program objective = new SpanUniversalLogit().build(new UniversalLogit.Options(1, 1), V);
        for (Case c : Cases.all()) {
            Map<String, Value> inputs = inputs(c, 0, teacher -> new SpanScores(teacher, CHARACTERS, 2, CHARACTERS));
            inputs.put(Names.LABELS, Value.zeros(c.inputs().rows(), c.inputs().targetTime()));
            assertThat(Math.abs(loss(objective, inputs))).as(c.name()).isLessThan(1e-6);
        }
    }

    /** A character for each id. */
    private static final Tokenizer CHARACTERS = new Tokenizer() {

        private static final int FIRST = 0x4E00;

        @Override
        public int size() {
            return V;
        }

        @Override
        public int padToken() {
            return 0;
        }

        @Override
        public int startToken() {
            return 1;
        }

        @Override
        public int endToken() {
            return 2;
        }

        @Override
        public int[] encodeSource(String text) {
            return text.chars().map(character -> character - FIRST).toArray();
        }

        @Override
        public int[] encodeTarget(String text) {
            return encodeSource(text);
        }

        @Override
        public String decodeTarget(int[] ids) {
            return Arrays.stream(ids).mapToObj(id -> Character.toString(FIRST + id)).collect(Collectors.joining());
        }

        @Override
        public String toJson() {
            return "{}";
        }
    };

    private static Map<String, Value> inputs(Case c, int shift) {
        return inputs(c, shift, teacher -> teacher);
    }

    /** Logits of the train program, and what the same model says as a teacher, token by token; {@code shift} positions off. */
    private static Map<String, Value> inputs(Case c, int shift, Function<ModelScores, Scoring> asked) {
        Inputs in = c.inputs();
        var rows = new ArrayList<Scoring.Row>();
        for (int row = 0; row < in.rows(); row++) {
            int first = row * in.targetTime() + 1;
            int[] target = Arrays.stream(in.target(), first, first + (int) in.targetLengths()[row] - 1).mapToInt(id -> (int) id).toArray();
            rows.add(new Scoring.Row(in.sources()[row], target));
        }
        List<Guidance.Top> said;
        try (Scoring teacher = asked.apply(new ModelScores("", "", new ReferenceBackend().load(c.model(), c.weights(), new ReferenceBackend.Options()), V, 3))) {
            said = teacher.score(rows, V, 1);
        }
        long[] positions = {in.rows(), in.targetTime()};
        long[] whole = {in.rows(), in.targetTime(), V};
        Value tokens = Value.zeros(whole);
        Value logs = Value.zeros(whole);
        Value mask = Value.zeros(positions);
        Arrays.fill(logs.data(), -777); // padding, which must not matter
        for (int row = 0; row < in.rows(); row++) {
            int count = rows.get(row).positions();
            for (int position = 0; position < count; position++) {
                int to = row * in.targetTime() + position;
                int from = Math.min(count - 1, position + shift);
                mask.data()[to] = 1;
                for (int i = 0; i < V; i++) {
                    tokens.data()[to * V + i] = said.get(row).tokens()[from * V + i];
                    logs.data()[to * V + i] = said.get(row).logProbabilities()[from * V + i];
                }
            }
        }
        var inputs = new HashMap<String, Value>();
        inputs.put(Names.LOGITS, c.trainLogits());
        inputs.put(Names.MASK, mask);
        inputs.put(Names.TEACHER_TOKENS, tokens);
        inputs.put(Names.TEACHER_LOG_PROBABILITIES, logs);
        inputs.put(Names.TEACHER_TAIL, Value.zeros(positions));
        return inputs;
    }

    private static double loss(Program objective, Map<String, Value> inputs) {
        return new Reference(objective).run(inputs, parameter -> {
            throw new AssertionError("an objective has no parameters");
        }).get(Names.LOSS).data()[0];
    }

    private static double derivative(Program objective, Map<String, Value> inputs, int logit) {
        return (moved(objective, inputs, logit, STEP) - moved(objective, inputs, logit, -STEP)) / (2 * STEP);
    }

    private static double moved(Program objective, Map<String, Value> inputs, int logit, double by) {
        Value logits = inputs.get(Names.LOGITS);
        double[] data = logits.data().clone();
        data[logit] += by;
        var changed = new HashMap<>(inputs);
        changed.put(Names.LOGITS, new Value(logits.shape(), data));
        return loss(objective, changed);
    }
}
