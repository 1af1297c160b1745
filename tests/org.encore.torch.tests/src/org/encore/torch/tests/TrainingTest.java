package org.encore.torch.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.encore.api.architecture.Block;
import org.encore.api.architecture.Build;
import org.encore.api.training.Batch;
import org.encore.api.training.TrainingSession;
import org.encore.api.training.TrainingSettings;
import org.encore.api.training.TrainingSettings.AdamW;
import org.encore.api.training.TrainingSettings.Precision;
import org.encore.api.weights.Weights;
import org.encore.architectures.EncoderDecoder;
import org.encore.graph.Model;
import org.encore.graph.Parameter;
import org.encore.graph.Program;
import org.encore.objectives.TokenCrossEntropy;
import org.encore.torch.TorchTrainer;
import org.junit.jupiter.api.Test;

class TrainingTest {

    private static final int VOCABULARY = 9;
    private static final AdamW ADAM = new AdamW(0.9, 0.98, 1e-8, 0.1);

    private static Model model(double dropout) {
        var block = new Block(8, 2, 1, 4, Block.Mlp.SWIGLU, 2, false, true, 10000, false, dropout);
        return new EncoderDecoder().build(new EncoderDecoder.Options(1, 1, block), new Build("encoder-decoder", VOCABULARY, 1));
    }

    private static Program objective(double smoothing) {
        return new TokenCrossEntropy().build(new TokenCrossEntropy.Options(smoothing), VOCABULARY);
    }

    private static TrainingSettings settings(double clip) {
        return new TrainingSettings(ADAM, clip, Precision.FP32, 2, 5);
    }

    private static TrainingSession open(Model model, double clip) {
        return new TorchTrainer().open(model, objective(0), settings(clip), Weights.initial(model, 3), new TorchTrainer.Options());
    }

    /** Rows of random tokens whose target is the source: a model can learn to copy. */
    private static Batch copies(Random random, int rows, int time) {
        var source = new long[rows * time];
        var target = new long[rows * (time + 1)];
        var labels = new long[rows * (time + 1)];
        var sourceLengths = new long[rows];
        var targetLengths = new long[rows];
        for (int row = 0; row < rows; row++) {
            int length = 1 + random.nextInt(time);
            sourceLengths[row] = length;
            targetLengths[row] = length + 1L;
            target[row * (time + 1)] = 1;
            for (int i = 0; i < length; i++) {
                long token = 3 + random.nextInt(VOCABULARY - 3);
                source[row * time + i] = token;
                target[row * (time + 1) + i + 1] = token;
                labels[row * (time + 1) + i] = token;
            }
            labels[row * (time + 1) + length] = 2;
        }
        return new Batch(rows, time, time + 1, source, sourceLengths, target, labels, targetLengths);
    }

    private static Batch part(Batch batch, int from, int to) {
        return new Batch(to - from, batch.sourceTime(), batch.targetTime(),
                Arrays.copyOfRange(batch.source(), from * batch.sourceTime(), to * batch.sourceTime()), Arrays.copyOfRange(batch.sourceLengths(), from, to),
                Arrays.copyOfRange(batch.target(), from * batch.targetTime(), to * batch.targetTime()),
                Arrays.copyOfRange(batch.labels(), from * batch.targetTime(), to * batch.targetTime()), Arrays.copyOfRange(batch.targetLengths(), from, to));
    }

    private static Map<String, float[]> arrays(Weights weights) {
        var arrays = new HashMap<String, float[]>();
        weights.tensors().forEach((name, values) -> arrays.put(name, values.toArray()));
        return arrays;
    }

    private static double distance(Map<String, float[]> a, Map<String, float[]> b) {
        double worst = 0;
        for (String name : a.keySet()) {
            for (int i = 0; i < a.get(name).length; i++) {
                worst = Math.max(worst, Math.abs(a.get(name)[i] - b.get(name)[i]));
            }
        }
        return worst;
    }

    /** Loshchilov and Hutter 2019, algorithm 2, in double precision, from the gradients that one step leaves in the first moment. */
    @Test
    void adamWAndClippingEqualAHandComputation() {
        Model model = model(0);
        for (double clip : new double[] {0, 0.05}) {
            try (TrainingSession session = open(model, clip)) {
                var random = new Random(1);
                Map<String, double[]> weights = new HashMap<>();
                Map<String, double[]> means = new HashMap<>();
                Map<String, double[]> squares = new HashMap<>();
                arrays(session.weights()).forEach((name, values) -> {
                    weights.put(name, widened(values));
                    means.put(name, new double[values.length]);
                    squares.put(name, new double[values.length]);
                });
                for (int step = 1; step <= 4; step++) {
                    var before = arrays(session.checkpoint());
                    double rate = 0.01 / step;
                    TrainingSession.Update update = session.step(step, rate, List.of(copies(random, 4, 3)));
                    var after = arrays(session.checkpoint());
                    double norm = 0;
                    for (Parameter parameter : model.parameters()) {
                        float[] was = before.get("adamw.m." + parameter.name());
                        float[] is = after.get("adamw.m." + parameter.name());
                        for (int i = 0; i < was.length; i++) {
                            double gradient = (is[i] - ADAM.beta1() * was[i]) / (1 - ADAM.beta1());
                            norm += gradient * gradient;
                            hand(weights, means, squares, parameter, i, gradient, step, rate);
                        }
                    }
                    double expected = clip == 0 ? update.gradientNorm() : Math.min(clip, update.gradientNorm());
                    assertThat(Math.sqrt(norm)).as("norm of what was applied").isCloseTo(expected, within(1e-4 * expected));
                }
                arrays(session.weights()).forEach((name, values) -> {
                    for (int i = 0; i < values.length; i++) {
                        assertThat((double) values[i]).as("%s[%d]", name, i).isCloseTo(weights.get(name)[i], within(2e-5));
                    }
                });
            }
        }
    }

    private static void hand(Map<String, double[]> weights, Map<String, double[]> means, Map<String, double[]> squares, Parameter parameter, int i,
            double gradient, int step, double rate) {
        double[] w = weights.get(parameter.name());
        double[] m = means.get(parameter.name());
        double[] v = squares.get(parameter.name());
        m[i] = ADAM.beta1() * m[i] + (1 - ADAM.beta1()) * gradient;
        v[i] = ADAM.beta2() * v[i] + (1 - ADAM.beta2()) * gradient * gradient;
        double mean = m[i] / (1 - Math.pow(ADAM.beta1(), step));
        double square = v[i] / (1 - Math.pow(ADAM.beta2(), step));
        double decay = parameter.shape().rank() >= 2 ? ADAM.weightDecay() : 0;
        w[i] = w[i] - rate * decay * w[i] - rate * mean / (Math.sqrt(square) + ADAM.epsilon());
    }

    private static double[] widened(float[] values) {
        var wide = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }

    @Test
    void gradientsOfPartsOfABatchAddUpToThoseOfTheWhole() {
        Model model = model(0);
        Batch whole = copies(new Random(2), 6, 4);
        try (TrainingSession once = open(model, 1); TrainingSession inParts = open(model, 1)) {
            var a = once.step(1, 1e-3, List.of(whole));
            var b = inParts.step(1, 1e-3, List.of(part(whole, 0, 1), part(whole, 1, 6)));
            assertThat(b.loss()).isCloseTo(a.loss(), within(1e-6));
            assertThat(b.gradientNorm()).isCloseTo(a.gradientNorm(), within(1e-5));
        }
    }

    @Test
    void theSameSeedGivesTheSameBitsAndTrainingGoesOnBitForBit() {
        Model model = model(0.2);
        Map<String, float[]> straight;
        Weights middle;
        try (TrainingSession session = open(model, 1)) {
            var random = new Random(4);
            for (int step = 1; step <= 3; step++) {
                session.step(step, 1e-2, List.of(copies(random, 8, 4)));
            }
            middle = session.checkpoint();
            for (int step = 4; step <= 6; step++) {
                session.step(step, 1e-2, List.of(copies(random, 8, 4)));
            }
            straight = arrays(session.checkpoint());
        }
        try (TrainingSession resumed = open(model, 1)) {
            resumed.restore(middle);
            var random = new Random(4);
            for (int step = 1; step <= 6; step++) {
                Batch batch = copies(random, 8, 4);
                if (step > 3) {
                    resumed.step(step, 1e-2, List.of(batch));
                }
            }
            arrays(resumed.checkpoint()).forEach((name, values) -> assertThat(values).as(name).isEqualTo(straight.get(name)));
        }
    }

    @Test
    void dropoutActsInTrainingOnly() {
        Model model = model(0.5);
        Batch batch = copies(new Random(2), 16, 4);
        try (TrainingSession session = open(model, 0)) {
            assertThat(session.loss(batch)).isEqualTo(session.loss(batch));
            double first = session.step(1, 0, List.of(batch)).loss();
            double second = session.step(2, 0, List.of(batch)).loss();
            assertThat(first).isNotEqualTo(second);
        }
        try (TrainingSession again = open(model, 0); TrainingSession other = open(model, 0)) {
            assertThat(again.step(7, 0, List.of(batch)).loss()).as("the same step drops the same").isEqualTo(other.step(7, 0, List.of(batch)).loss());
        }
    }

    @Test
    void bfloat16TrainsNearlyAsFp32() {
        Model model = model(0);
        Batch batch = copies(new Random(2), 16, 4);
        var half = new TrainingSettings(ADAM, 1, Precision.BF16, 2, 5);
        try (TrainingSession full = open(model, 1);
                TrainingSession reduced = new TorchTrainer().open(model, objective(0), half, Weights.initial(model, 3), new TorchTrainer.Options())) {
            for (int step = 1; step <= 10; step++) {
                double a = full.step(step, 1e-2, List.of(batch)).loss();
                double b = reduced.step(step, 1e-2, List.of(batch)).loss();
                assertThat(b).isCloseTo(a, within(0.05));
            }
            assertThat(arrays(full.weights())).isNotEqualTo(arrays(reduced.weights()));
        }
    }

    @Test
    void labelSmoothingIsInTheLoss() {
        Model model = model(0);
        Batch batch = copies(new Random(2), 3, 3);
        var start = Weights.initial(model, 3);
        try (TrainingSession plain = new TorchTrainer().open(model, objective(0), settings(1), start, new TorchTrainer.Options());
                TrainingSession smoothed = new TorchTrainer().open(model, objective(0.2), settings(1), start, new TorchTrainer.Options())) {
            // near the start all tokens are about equally likely, so smoothing changes little, but it does change
            assertThat(smoothed.loss(batch)).isCloseTo(Math.log(VOCABULARY), within(0.2)).isNotEqualTo(plain.loss(batch));
        }
    }

    @Test
    void aModelLearnsToCopy() {
        var block = new Block(32, 2, 2, 16, Block.Mlp.SWIGLU, 2, false, true, 10000, false, 0);
        Model model = new EncoderDecoder().build(new EncoderDecoder.Options(1, 1, block), new Build("encoder-decoder", VOCABULARY, 1));
        var random = new Random(9);
        try (TrainingSession session = open(model, 1)) {
            double first = session.loss(copies(random, 64, 4));
            for (int step = 1; step <= 400; step++) {
                session.step(step, 5e-3, List.of(copies(random, 64, 4)));
            }
            assertThat(session.loss(copies(random, 64, 4))).isLessThan(0.2 * first);
        }
    }

    @Test
    void aFileThatIsNoCheckpointIsRefused() {
        Model model = model(0);
        try (TrainingSession session = open(model, 1)) {
            assertThatThrownBy(() -> session.restore(Weights.initial(model, 1))).hasMessageContaining("no checkpoint of a training");
        }
    }

    /** Resident memory after a warm-up and after many more steps. */
    @Test
    void tenThousandStepsLeakNothing() throws IOException {
        var block = new Block(8, 1, 1, 8, Block.Mlp.GELU, 1, false, true, 10000, false, 0.1);
        Model model = new EncoderDecoder().build(new EncoderDecoder.Options(1, 1, block), new Build("encoder-decoder", VOCABULARY, 1));
        Batch batch = copies(new Random(2), 2, 2);
        var single = new TrainingSettings(ADAM, 1, Precision.FP32, 1, 5);
        try (TrainingSession session = new TorchTrainer().open(model, objective(0), single, Weights.initial(model, 3), new TorchTrainer.Options())) {
            for (int step = 1; step <= 1_000; step++) {
                session.step(step, 1e-4, List.of(batch));
            }
            System.gc();
            long before = resident();
            for (int step = 1_001; step <= 11_000; step++) {
                session.step(step, 1e-4, List.of(batch));
            }
            System.gc();
            // an array of one element that stayed behind at each step would be 10 MB and more, its Java object included
            assertThat(resident() - before).isLessThan(40_000_000);
        }
    }

    private static long resident() throws IOException {
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS")).mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024).sum();
        }
    }

    @Test
    void weightsAreCopiesAndKeepTheModelsOrder() {
        Model model = model(0);
        try (TrainingSession session = open(model, 1)) {
            Weights before = session.weights();
            var copy = arrays(before);
            session.step(1, 0.1, List.of(copies(new Random(1), 4, 3)));
            assertThat(distance(copy, arrays(before))).isZero();
            assertThat(distance(copy, arrays(session.weights()))).isPositive();
            assertThat(before.tensors().keySet()).containsExactlyElementsOf(model.parameters().stream().map(Parameter::name).toList());
        }
    }
}
