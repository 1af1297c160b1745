package org.encore.torch.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.encore.torch.tests.Copying.ADAM;
import static org.encore.torch.tests.Copying.VOCABULARY;
import static org.encore.torch.tests.Copying.copies;
import static org.encore.torch.tests.Copying.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;

import org.encore.api.training.Batch;
import org.encore.api.training.Guidance;
import org.encore.api.training.TrainingSettings;
import org.encore.api.training.TrainingSettings.Precision;
import org.encore.api.weights.Weights;
import org.encore.graph.DType;
import org.encore.graph.Dim;
import org.encore.graph.Graph;
import org.encore.graph.Model;
import org.encore.graph.Names;
import org.encore.graph.Parameter;
import org.encore.graph.Program;
import org.encore.graph.Shape;
import org.encore.objectives.ForwardKl;
import org.encore.objectives.JensenShannon;
import org.encore.objectives.PaperMixture;
import org.encore.objectives.ReverseKl;
import org.encore.objectives.SkewKl;
import org.encore.objectives.SkewReverseKl;
import org.encore.objectives.Skewed;
import org.encore.objectives.SpanUniversalLogit;
import org.encore.objectives.TotalVariation;
import org.encore.objectives.UniversalLogit;
import org.encore.objectives.Weighted;
import org.encore.reference.Reference;
import org.encore.reference.Value;
import org.encore.torch.TorchSession;
import org.encore.torch.TorchTrainer;
import org.junit.jupiter.api.Test;

/** A teacher in the training engine: the same loss and gradients as in the reference. */
class DistillationTest {

    private static final TrainingSettings PLAIN = new TrainingSettings(ADAM, 0, Precision.FP32, 2, 5);
    private static final int K = 3;
    private static final double STEP = 1e-4;

    /** Every divergence, from the likeliest tokens and the tail. */
    private static Map<String, Program> programs() {
        var programs = new LinkedHashMap<String, Program>();
        programs.put("forward KL", new ForwardKl().build(new Weighted(1, 1), VOCABULARY));
        programs.put("forward KL at temperature 2", new ForwardKl().build(new Weighted(2, 1), VOCABULARY));
        programs.put("reverse KL", new ReverseKl().build(new Weighted(1, 1), VOCABULARY));
        programs.put("JSD", new JensenShannon().build(new JensenShannon.Options(1, 1, 0.3), VOCABULARY));
        programs.put("skew KL", new SkewKl().build(new Skewed(1, 1, 0.1), VOCABULARY));
        programs.put("skew reverse KL", new SkewReverseKl().build(new Skewed(1, 1, 0.1), VOCABULARY));
        programs.put("total variation", new TotalVariation().build(new Weighted(1, 1), VOCABULARY));
        programs.put("skew KL weighed from outside", new SkewKl().steered(new Skewed(2, 0.5, 0.1), VOCABULARY, false).orElseThrow());
        programs.put("ranks", new UniversalLogit().build(new UniversalLogit.Options(1, 0.6), VOCABULARY));
        programs.put("spans", new SpanUniversalLogit().build(new UniversalLogit.Options(1, 0.6), VOCABULARY));
        programs.put("spans weighed from outside", new SpanUniversalLogit().steered(new UniversalLogit.Options(2, 0.6), VOCABULARY, false).orElseThrow());
        programs.put("mixture", new PaperMixture().build(new PaperMixture.Options(1, 0.9), VOCABULARY));
        return programs;
    }

    @Test
    void lossAndGradientsAreThoseOfTheReference() {
        Model model = model(0);
        Weights start = Weights.initial(model, 3);
        Batch tokens = taught(copies(new Random(2), 4, 2, 4, 1), new Random(6));
        Batch spans = bySpans(tokens);
        programs().forEach((name, program) -> {
            Batch batch = name.startsWith("spans") ? spans : tokens;
            try (TorchSession session = new TorchTrainer().open(model, program, PLAIN, start, new TorchTrainer.Options())) {
                assertThat(session.loss(batch)).as(name).isCloseTo(loss(model, program, start, batch, "", 0, 0), within(1e-5));
                session.step(1, 0, List.of(batch));
                Map<String, float[]> after = Copying.arrays(session.checkpoint());
                for (Parameter parameter : List.of(model.parameters().getFirst(), model.parameters().getLast())) {
                    for (int element : new int[] {0, 5, 7}) {
                        double expected = (loss(model, program, start, batch, parameter.name(), element, STEP)
                                - loss(model, program, start, batch, parameter.name(), element, -STEP)) / (2 * STEP);
                        // the first mean of gradients is (1 - beta1) times the gradient
                        double gradient = after.get("adamw.m." + parameter.name())[element] / (1 - ADAM.beta1());
                        assertThat(gradient).as("%s by %s[%d]", name, parameter.name(), element).isCloseTo(expected, within(1e-5));
                    }
                }
            }
        });
    }

    /** Distributions that are sharp at some positions and flat at others. */
    private static Batch taught(Batch batch, Random random) {
        int positions = batch.rows() * batch.targetTime();
        var tokens = new long[positions * K];
        var logs = new float[positions * K];
        var tail = new float[positions];
        for (int position = 0; position < positions; position++) {
            double[] mass = random.doubles(K + 1, -3, 3).map(Math::exp).toArray();
            double sum = java.util.Arrays.stream(mass).sum();
            for (int i = 0; i < K; i++) {
                tokens[position * K + i] = (position + 2L * i) % VOCABULARY;
                logs[position * K + i] = (float) Math.log(mass[i] / sum);
            }
            tail[position] = (float) (mass[K] / sum);
        }
        return batch.with(new Guidance.Top(K, tokens, logs, tail)).with(new Batch.Weights(0.3, 0.6, 1));
    }

    /** The same of a teacher with another tokenizer, which writes with one token what the student writes with one, two or three. */
    private static Batch bySpans(Batch batch) {
        var said = (Guidance.Top) batch.guidance().orElseThrow();
        float[] tail = said.tail().clone();
        for (int position = 0; position < tail.length; position++) {
            int at = position % batch.targetTime();
            tail[position] = at == 1 || at == 3 || at == 4 ? Guidance.Top.WITHIN : tail[position];
        }
        return batch.with(new Guidance.Top(K, said.tokens(), said.logProbabilities(), tail));
    }

    /** The loss in double precision, with one element of a parameter moved. */
    private static double loss(Model model, Program objective, Weights weights, Batch batch, String moved, int element, double by) {
        Function<Parameter, Value> values = parameter -> {
            Value value = Reference.values(weights).apply(parameter);
            if (!parameter.name().equals(moved)) {
                return value;
            }
            double[] data = value.data().clone();
            data[element] += by;
            return new Value(value.shape(), data);
        };
        long rows = batch.rows();
        long time = batch.targetTime();
        Value logits = new Reference(model.train()).run(Map.of(Names.SOURCE, Value.of(new long[] {rows, batch.sourceTime()}, batch.source()),
                Names.SOURCE_LENGTHS, Value.of(new long[] {rows}, batch.sourceLengths()), Names.TARGET,
                Value.of(new long[] {rows, time}, batch.target()),
                Names.TARGET_LENGTHS, Value.of(new long[] {rows}, batch.targetLengths())), values).get(Names.LOGITS);
        var guidance = (Guidance.Top) batch.guidance().orElseThrow();
        Value mask = Value.zeros(rows, time);
        for (int i = 0; i < mask.data().length; i++) {
            mask.data()[i] = i % time < batch.targetLengths()[(int) (i / time)] ? 1 : 0;
        }
        Batch.Weights counting = batch.weights().orElseThrow();
        return new Reference(objective).run(Map.of(Names.LOGITS, logits, Names.LABELS, Value.of(new long[] {rows, time}, batch.labels()),
                Names.MASK, mask,
                Names.TEACHER_TOKENS, Value.of(new long[] {rows, time, K}, guidance.tokens()), Names.TEACHER_LOG_PROBABILITIES,
                Value.of(new long[] {rows, time, K}, guidance.logProbabilities()), Names.TEACHER_TAIL,
                Value.of(new long[] {rows, time}, guidance.tail()), Names.TEACHER_WEIGHT, scalar(counting.teacher()), Names.LABEL_WEIGHT, scalar(counting.labels())),
                values).get(Names.LOSS).data()[0];
    }

    private static Value scalar(double value) {
        return new Value(new long[0], new double[] {value});
    }

    /** A teacher of the whole vocabulary is brought to any temperature; the weights of the parts add up to those of the options. */
    @Test
    void temperatureAndWeightsMayChangeFromBatchToBatch() {
        Model model = model(0);
        Weights start = Weights.initial(model, 3);
        Batch plain = copies(new Random(2), 4, 2, 4, 1);
        int positions = plain.rows() * plain.targetTime();
        var random = new Random(8);
        var tokens = new long[positions * VOCABULARY];
        java.util.Arrays.setAll(tokens, i -> (i + i / VOCABULARY) % (long) VOCABULARY);
        Batch atOne = plain.with(new Guidance.Top(VOCABULARY, tokens, logs(random.doubles(tokens.length, -3, 3).toArray(), 1), new float[positions]));
        Batch atThree = plain.with(new Guidance.Top(VOCABULARY, tokens, logs(new Random(8).doubles(tokens.length, -3, 3).toArray(), 3), new float[positions]));
        try (TorchSession fixed = new TorchTrainer().open(model, new JensenShannon().build(new JensenShannon.Options(3, 0.8, 0.4), VOCABULARY), PLAIN, start,
                new TorchTrainer.Options());
                TorchSession steered = new TorchTrainer().open(model, new JensenShannon().steered(new JensenShannon.Options(1, 0.1, 0.4), VOCABULARY, true).orElseThrow(),
                        PLAIN, start, new TorchTrainer.Options())) {
            assertThat(steered.loss(atOne.with(new Batch.Weights(0.8, 0.2, 3)))).isCloseTo(fixed.loss(atThree), within(1e-5));
            assertThat(steered.loss(atOne.with(new Batch.Weights(0.8, 0, 3))) + steered.loss(atOne.with(new Batch.Weights(0, 0.2, 3))))
                    .isCloseTo(fixed.loss(atThree), within(1e-5));
            assertThatThrownBy(() -> steered.loss(atOne)).hasMessageContaining("but the batch has no weights of its parts");
        }
    }

    /** Logarithms of the softmax of each row of logits. */
    private static float[] logs(double[] logits, double temperature) {
        var logs = new float[logits.length];
        for (int from = 0; from < logits.length; from += VOCABULARY) {
            double sum = 0;
            for (int i = from; i < from + VOCABULARY; i++) {
                sum += Math.exp(logits[i] / temperature);
            }
            for (int i = from; i < from + VOCABULARY; i++) {
                logs[i] = (float) (logits[i] / temperature - Math.log(sum));
            }
        }
        return logs;
    }

    @Test
    void wholeDistributionsAreTakenToo() {
        Model model = model(0);
        Weights start = Weights.initial(model, 3);
        Batch plain = copies(new Random(2), 4, 2, 4, 1);
        int positions = plain.rows() * plain.targetTime();
        var even = new float[positions * VOCABULARY];
        java.util.Arrays.fill(even, (float) -Math.log(VOCABULARY));
        Batch whole = plain.with(new Guidance.Whole(VOCABULARY, even));
        var tokens = new long[positions * VOCABULARY];
        java.util.Arrays.setAll(tokens, i -> i % VOCABULARY);
        Batch top = plain.with(new Guidance.Top(VOCABULARY, tokens, even, new float[positions]));
        var options = new Weighted(1, 1);
        try (TorchSession a = new TorchTrainer().open(model, new ReverseKl().build(options, VOCABULARY, ReverseKl.Form.WHOLE), PLAIN, start,
                new TorchTrainer.Options());
                TorchSession b = new TorchTrainer().open(model, new ReverseKl().build(options, VOCABULARY), PLAIN, start,
                        new TorchTrainer.Options())) {
            assertThat(a.loss(whole)).isGreaterThan(0).isCloseTo(b.loss(top), within(1e-5));
        }
    }

    @Test
    void aBatchWithoutATeacherIsRefusedByAnObjectiveThatNeedsOne() {
        Model model = model(0);
        Program program = new ForwardKl().build(new Weighted(1, 1), VOCABULARY);
        try (TorchSession session = new TorchTrainer().open(model, program, PLAIN, Weights.initial(model, 3), new TorchTrainer.Options())) {
            assertThatThrownBy(() -> session.step(1, 0, List.of(copies(new Random(2), 4, 2))))
                    .hasMessage("the objective reads teacherTokens, but the batch has no teacher. Use a stage that asks one.");
        }
    }

    @Test
    void anObjectiveThatReadsWhatNoBatchHasIsRefused() {
        var graph = new Graph("odd");
        var weather = graph.input("weather", DType.FLOAT, Shape.of(Dim.symbol("B")));
        Program odd = graph.finish(Map.of(Names.LOSS, weather.sum(0).reshape(Shape.SCALAR)));
        Model model = model(0);
        assertThatThrownBy(() -> new TorchTrainer().open(model, odd, PLAIN, Weights.initial(model, 3), new TorchTrainer.Options()))
                .hasMessage("objective odd reads weather, which no batch has. An objective may read logits, labels, mask, teacherTokens, "
                        + "teacherLogProbabilities, teacherTail, teacherWeight, labelWeight, temperature, teacherStates, stateWeight");
    }
}
