package org.encore.torch.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.encore.torch.tests.Copying.ADAM;
import static org.encore.torch.tests.Copying.VOCABULARY;
import static org.encore.torch.tests.Copying.arrays;
import static org.encore.torch.tests.Copying.bits;
import static org.encore.torch.tests.Copying.copies;
import static org.encore.torch.tests.Copying.distance;
import static org.encore.torch.tests.Copying.model;
import static org.encore.torch.tests.Copying.open;
import static org.encore.torch.tests.Copying.part;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

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
import org.encore.torch.TorchSession;
import org.junit.jupiter.api.Test;

class TrainingTest {

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
        // a large epsilon, so that a rounding error in a gradient near 0 stays one in the update
        var smooth = new TrainingSettings(new AdamW(0.9, 0.98, 1e-2, 0.1), 1, Precision.FP32, 2, 5);
        try (TrainingSession once = open(model, smooth); TrainingSession inParts = open(model, smooth)) {
            var a = once.step(1, 1e-2, List.of(whole));
            // the parts differ in size and in labels: each label counts the same, not each part
            var b = inParts.step(1, 1e-2, List.of(part(whole, 0, 1), part(whole, 1, 6)));
            assertThat(b.loss()).isCloseTo(a.loss(), within(1e-6));
            assertThat(b.gradientNorm()).isCloseTo(a.gradientNorm(), within(1e-5));
            assertThat(distance(arrays(inParts.checkpoint()), arrays(once.checkpoint()))).isLessThan(1e-6);
        }
    }

    @Test
    void theSameSeedGivesTheSameBitsTwice() {
        assertThat(bitsAfterFiveSteps(5)).isEqualTo(bitsAfterFiveSteps(5)).isNotEqualTo(bitsAfterFiveSteps(6));
    }

    private static Map<String, String> bitsAfterFiveSteps(long seed) {
        var random = new Random(4);
        try (TrainingSession session = open(model(0.2), new TrainingSettings(ADAM, 1, Precision.FP32, 2, seed))) {
            for (int step = 1; step <= 5; step++) {
                session.step(step, 1e-2, List.of(copies(random, 8, 4)));
            }
            return bits(session.checkpoint());
        }
    }

    /** The random generator and the collector of gradients belong to the process: side by side must be as one after the other. */
    @Test
    void trainingsSideBySideDoNotDisturbEachOther() {
        Map<String, String> alone = bitsAfterFiveSteps(5);
        var first = CompletableFuture.supplyAsync(() -> bitsAfterFiveSteps(5));
        var second = CompletableFuture.supplyAsync(() -> bitsAfterFiveSteps(5));
        assertThat(first.join()).isEqualTo(alone);
        assertThat(second.join()).isEqualTo(alone);
    }

    @Test
    void trainingGoesOnFromACheckpointBitForBit() {
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
                TrainingSession reduced = open(model, half)) {
            for (int step = 1; step <= 10; step++) {
                double a = full.step(step, 1e-2, List.of(batch)).loss();
                double b = reduced.step(step, 1e-2, List.of(batch)).loss();
                assertThat(b).isCloseTo(a, within(0.05));
            }
            assertThat(arrays(full.weights())).isNotEqualTo(arrays(reduced.weights()));
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
    void whatDoesNotFitIsRefusedAndChangesNothing() {
        Model model = model(0);
        Batch batch = copies(new Random(2), 4, 3);
        try (TrainingSession session = open(model, 1)) {
            session.step(1, 1e-2, List.of(batch));
            Weights before = session.checkpoint();
            assertThatThrownBy(() -> session.restore(Weights.initial(model, 1))).isInstanceOf(IllegalArgumentException.class).hasMessage(
                    "this is no checkpoint of a training: it has no tensor adamw.steps. Give the file that training wrote to resume from.");
            var incomplete = new LinkedHashMap<>(before.tensors());
            incomplete.remove("adamw.v.decoder.norm.gain");
            assertThatThrownBy(() -> session.restore(new Weights(incomplete))).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("no tensor adamw.v.decoder.norm.gain;");
            assertThat(bits(session.checkpoint())).isEqualTo(bits(before));
            session.step(2, 1e-2, List.of(batch));
        }
    }

    @Test
    void aStepWithoutLabelsIsRefused() {
        var nothing = new Batch(1, 1, 1, new long[1], new long[] {1}, new long[1], new long[1], new long[1]);
        try (TrainingSession session = open(model(0), 1)) {
            assertThatThrownBy(() -> session.step(3, 1e-2, List.of(nothing))).isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("step 3 has no label to learn from. Give batches with target positions.");
        }
    }

    /** Arrays that are alive and resident memory, after a warm-up and after many more steps. */
    @Test
    void tenThousandStepsLeakNothing() throws IOException {
        var block = new Block(8, 1, 1, 8, Block.Mlp.GELU, 1, false, true, 10000, false, 0.1);
        Model model = new EncoderDecoder().build(new EncoderDecoder.Options(1, 1, block), new Build("encoder-decoder", VOCABULARY, 1));
        Batch batch = copies(new Random(2), 2, 2);
        try (TorchSession session = open(model, new TrainingSettings(ADAM, 1, Precision.FP32, 1, 5))) {
            for (int step = 1; step <= 1_000; step++) {
                session.step(step, 1e-4, List.of(batch));
            }
            System.gc();
            long before = resident();
            int alive = session.liveArrays();
            for (int step = 1_001; step <= 11_000; step++) {
                session.step(step, 1e-4, List.of(batch));
            }
            System.gc();
            assertThat(session.liveArrays()).isEqualTo(alive);
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
