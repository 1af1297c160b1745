package org.encore.torch.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.encore.torch.tests.Copying.ADAM;
import static org.encore.torch.tests.Copying.FIRST;
import static org.encore.torch.tests.Copying.VOCABULARY;
import static org.encore.torch.tests.Copying.arrays;
import static org.encore.torch.tests.Copying.copies;
import static org.encore.torch.tests.Copying.distance;
import static org.encore.torch.tests.Copying.model;
import static org.encore.torch.tests.Copying.open;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.encore.api.training.Batch;
import org.encore.api.training.TrainingSession;
import org.encore.api.training.TrainingSettings;
import org.encore.api.training.TrainingSettings.Precision;
import org.encore.api.weights.Weights;
import org.encore.graph.Model;
import org.encore.graph.Names;
import org.encore.torch.TorchProgram;
import org.encore.torch.TorchProgram.Array;
import org.junit.jupiter.api.Test;

/** What is minimised: its value, and what must not be in it. */
class LossTest {

    private static final TrainingSettings PLAIN = new TrainingSettings(ADAM, 0, Precision.FP32, 2, 5);

    @Test
    void itIsTheMeanNegativeLogLikelihoodOfTheLabels() {
        assertThatLossEqualsPlainJava(0);
    }

    @Test
    void smoothingMixesItWithTheMeanOverTheVocabulary() {
        assertThatLossEqualsPlainJava(0.2);
    }

    private static void assertThatLossEqualsPlainJava(double smoothing) {
        Model model = model(0);
        Batch batch = copies(new Random(2), 5, 3);
        try (TrainingSession session = open(model, PLAIN, smoothing)) {
            // some steps away from the start, where all tokens are equally likely and smoothing changes nothing
            for (int step = 1; step <= 30; step++) {
                session.step(step, 0.02, List.of(batch));
            }
            double expected = loss(logits(model, session.weights(), batch), batch, smoothing);
            assertThat(session.loss(batch)).isCloseTo(expected, within(1e-5));
            assertThat(session.step(31, 0, List.of(batch)).loss()).isCloseTo(expected, within(1e-5));
            if (smoothing > 0) {
                assertThat(expected).isNotCloseTo(loss(logits(model, session.weights(), batch), batch, 0), within(0.05));
            }
        }
    }

    private static double[] logits(Model model, Weights weights, Batch batch) {
        long rows = batch.rows();
        try (var program = new TorchProgram(model.train(), weights)) {
            return program.run(Map.of(Names.SOURCE, array(batch.source(), rows, batch.sourceTime()), Names.SOURCE_LENGTHS,
                    array(batch.sourceLengths(), rows), Names.TARGET, array(batch.target(), rows, batch.targetTime()), Names.TARGET_LENGTHS,
                    array(batch.targetLengths(), rows))).get(Names.LOGITS).data();
        }
    }

    private static Array array(long[] values, long... shape) {
        return new Array(shape, Arrays.stream(values).asDoubleStream().toArray());
    }

    private static double loss(double[] logits, Batch batch, double smoothing) {
        double sum = 0;
        for (int row = 0; row < batch.rows(); row++) {
            for (int time = 0; time < batch.targetLengths()[row]; time++) {
                int position = row * batch.targetTime() + time;
                double[] scores = Arrays.copyOfRange(logits, position * VOCABULARY, (position + 1) * VOCABULARY);
                double normalizer = Math.log(Arrays.stream(scores).map(Math::exp).sum());
                double likelihood = scores[(int) batch.labels()[position]] - normalizer;
                double mean = Arrays.stream(scores).map(score -> score - normalizer).average().orElseThrow();
                sum -= (1 - smoothing) * likelihood + smoothing * mean;
            }
        }
        return sum / batch.labelTokens();
    }

    @Test
    void paddingChangesNeitherLossNorGradients() {
        Model model = model(0);
        Batch narrow = copies(new Random(2), 4, 1, 4, 2, 3);
        Batch wide = wider(narrow, 3, 2);
        try (TrainingSession a = open(model, PLAIN); TrainingSession b = open(model, PLAIN)) {
            assertThat(b.loss(wide)).isCloseTo(a.loss(narrow), within(1e-6));
            var updateOfNarrow = a.step(1, 0, List.of(narrow));
            var updateOfWide = b.step(1, 0, List.of(wide));
            assertThat(updateOfWide.gradientNorm()).isCloseTo(updateOfNarrow.gradientNorm(), within(1e-5));
            // the first mean of gradients is (1 - beta1) times the gradient
            assertThat(distance(arrays(b.checkpoint()), arrays(a.checkpoint()))).isLessThan(1e-6);
        }
    }

    /** The same rows with more padding, filled with tokens as if they counted. */
    private static Batch wider(Batch batch, int moreSource, int moreTarget) {
        return new Batch(batch.rows(), batch.sourceTime() + moreSource, batch.targetTime() + moreTarget,
                wider(batch.source(), batch.sourceLengths(), batch.sourceTime(), moreSource), batch.sourceLengths(),
                wider(batch.target(), batch.targetLengths(), batch.targetTime(), moreTarget),
                wider(batch.labels(), batch.targetLengths(), batch.targetTime(), moreTarget), batch.targetLengths());
    }

    private static long[] wider(long[] tokens, long[] lengths, int time, int more) {
        var random = new Random(8);
        var wide = random.longs((long) lengths.length * (time + more), FIRST, VOCABULARY).toArray();
        for (int row = 0; row < lengths.length; row++) {
            System.arraycopy(tokens, row * time, wide, row * (time + more), (int) lengths[row]);
        }
        return wide;
    }

    /** A row without any source sees no key at all; one of full length shares the batch with it. */
    @Test
    void rowsThatSeeNothingStayFiniteForwardsAndBackwards() {
        Model model = model(0.1);
        Batch batch = copies(new Random(2), 12, 12, 0, 1, 7);
        try (TrainingSession session = open(model, PLAIN)) {
            assertThat(Arrays.stream(logits(model, session.weights(), batch))).allMatch(Double::isFinite);
            for (int step = 1; step <= 3; step++) {
                var update = session.step(step, 1e-2, List.of(batch));
                assertThat(List.of(update.loss(), update.gradientNorm())).allMatch(Double::isFinite);
            }
            arrays(session.checkpoint()).forEach((name, values) -> {
                for (float value : values) {
                    assertThat(value).as(name).isFinite();
                }
            });
        }
    }
}
