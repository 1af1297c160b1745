package org.encore.torch.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.encore.torch.tests.Copying.ADAM;
import static org.encore.torch.tests.Copying.VOCABULARY;
import static org.encore.torch.tests.Copying.bits;
import static org.encore.torch.tests.Copying.copies;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;

import org.encore.api.architecture.Block;
import org.encore.api.architecture.Build;
import org.encore.api.architecture.TargetStates;
import org.encore.api.architecture.TargetStates.At;
import org.encore.api.inference.HiddenStates;
import org.encore.api.training.Batch;
import org.encore.api.training.TrainingSettings;
import org.encore.api.training.TrainingSettings.Precision;
import org.encore.api.weights.Weights;
import org.encore.architectures.DecoderOnly;
import org.encore.architectures.EncoderDecoder;
import org.encore.distill.StateMatching;
import org.encore.distill.StateMatching.Distance;
import org.encore.distill.StateMatching.Pair;
import org.encore.graph.Model;
import org.encore.graph.Names;
import org.encore.graph.Parameter;
import org.encore.graph.Program;
import org.encore.reference.Reference;
import org.encore.reference.ReferenceBackend;
import org.encore.reference.Value;
import org.encore.torch.TorchSession;
import org.encore.torch.TorchTrainer;
import org.junit.jupiter.api.Test;

/** Hidden states that are matched in training. */
class StateMatchingTest {

    private static final TrainingSettings PLAIN = new TrainingSettings(ADAM, 0, Precision.FP32, 2, 5);
    private static final Block BLOCK = new Block(8, 2, 1, 4, Block.Mlp.SWIGLU, 2, false, true, 10000, false, 0);
    private static final double STEP = 1e-4;
    private static final double WEIGHT = 0.7;

    private static Model encoderDecoder() {
        return new EncoderDecoder().build(new EncoderDecoder.Options(1, 2, BLOCK), new Build("encoder-decoder", VOCABULARY, Copying.START));
    }

    private static Model decoderOnly() {
        return new DecoderOnly().build(new DecoderOnly.Options(2, DecoderOnly.Prefix.CAUSAL, BLOCK), new Build("decoder-only", VOCABULARY, Copying.START));
    }

    /** Both blocks of a student with two of a teacher that is wider in one and narrower in the other. */
    private static StateMatching crosswise(Model student, Distance distance) {
        List<At> own = TargetStates.of(student).blocks();
        return new StateMatching(List.of(new Pair(own.get(0), new At("wide.0", 11)), new Pair(own.get(1), new At("narrow.0", 3))), distance);
    }

    private static TorchSession open(Model student, StateMatching matching, Weights start) {
        return new TorchTrainer().open(TargetStates.of(student).telling(matching.ofStudent()), matching.beside(Copying.objective(0)), PLAIN, start, new TorchTrainer.Options());
    }

    private static Batch batch(StateMatching matching) {
        Batch plain = copies(new Random(2), 4, 2, 4, 1);
        var random = new Random(6);
        var values = new float[plain.rows() * plain.targetTime() * matching.teacherWidth()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return plain.with(new Batch.States(WEIGHT, matching.teacherWidth(), values));
    }

    @Test
    void lossAndGradientsAreThoseOfTheReference() {
        for (Distance distance : Distance.values()) {
            for (Model student : List.of(encoderDecoder(), decoderOnly())) {
                StateMatching matching = crosswise(student, distance);
                Weights start = matching.begin(Weights.initial(student, 3), 3);
                Batch batch = batch(matching);
                var parameters = new ArrayList<>(matching.projections());
                parameters.add(student.parameters().getFirst());
                parameters.add(student.parameters().getLast());
                try (TorchSession session = open(student, matching, start)) {
                    assertThat(session.loss(batch)).as("%s", distance).isCloseTo(loss(student, matching, start, batch, "", 0, 0), within(1e-5));
                    session.step(1, 0, List.of(batch));
                    Map<String, float[]> after = Copying.arrays(session.checkpoint());
                    for (Parameter parameter : parameters) {
                        for (int element : new int[] {0, 5, 7}) {
                            double expected = (loss(student, matching, start, batch, parameter.name(), element, STEP)
                                    - loss(student, matching, start, batch, parameter.name(), element, -STEP)) / (2 * STEP);
                            // the first mean of gradients is (1 - beta1) times the gradient
                            double gradient = after.get("adamw.m." + parameter.name())[element] / (1 - ADAM.beta1());
                            assertThat(gradient).as("%s of %s by %s[%d]", distance, student.architecture(), parameter.name(), element).isCloseTo(expected, within(1e-5));
                        }
                    }
                    assertThat(Copying.distance(Map.of("it", after.get("adamw.m.matching.0.projection")), Map.of("it", new float[11 * BLOCK.width()])))
                            .as("it is learnt").isGreaterThan(1e-4);
                }
            }
        }
    }

    /** In double precision, with one element of a parameter moved; the distances by themselves, position by position, as they are defined. */
    private static double loss(Model student, StateMatching matching, Weights weights, Batch batch, String moved, int element, double by) {
        Function<Parameter, Value> values = parameter -> {
            Value value = Reference.values(weights).apply(parameter);
            double[] data = value.data().clone();
            if (parameter.name().equals(moved)) {
                data[element] += by;
            }
            return new Value(value.shape(), data);
        };
        Program telling = TargetStates.of(student).telling(matching.ofStudent()).train();
        Map<String, Value> computed = new Reference(telling).run(inputs(batch), values);
        var given = new HashMap<String, Value>();
        given.put(Names.LOGITS, computed.get(Names.LOGITS));
        given.put(Names.LABELS, Value.of(new long[] {batch.rows(), batch.targetTime()}, batch.labels()));
        given.put(Names.MASK, mask(batch));
        double labels = new Reference(Copying.objective(0)).run(given, values).get(Names.LOSS).data()[0];
        double[] states = computed.get(Names.STATES).data();
        int ofStudent = 2 * BLOCK.width();
        int ofTeacher = matching.teacherWidth();
        double sum = 0;
        int positions = 0;
        for (int position = 0; position < mask(batch).data().length; position++) {
            if (mask(batch).data()[position] == 0) {
                continue;
            }
            positions++;
            int from = position * ofTeacher;
            for (int pair = 0; pair < 2; pair++) {
                double[] w = values.apply(matching.projections().get(pair)).data();
                int width = matching.pairs().get(pair).teacher().width();
                var projected = new double[width];
                var wanted = new double[width];
                for (int i = 0; i < width; i++) {
                    for (int j = 0; j < BLOCK.width(); j++) {
                        projected[i] += w[i * BLOCK.width() + j] * states[position * ofStudent + pair * BLOCK.width() + j];
                    }
                    wanted[i] = batch.states().orElseThrow().values()[from + i];
                }
                from += width;
                sum += matching.distance() == Distance.SQUARED ? squared(minus(projected, wanted)) / width
                        : 1 - dot(projected, wanted) / Math.sqrt(squared(projected) * squared(wanted));
            }
        }
        return labels + WEIGHT * sum / positions / 2;
    }

    private static double dot(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
    }

    private static double squared(double[] a) {
        return dot(a, a);
    }

    private static double[] minus(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(i -> a[i] - b[i]).toArray();
    }

    private static Map<String, Value> inputs(Batch batch) {
        long rows = batch.rows();
        return Map.of(Names.SOURCE, Value.of(new long[] {rows, batch.sourceTime()}, batch.source()), Names.SOURCE_LENGTHS, Value.of(new long[] {rows}, batch.sourceLengths()),
                Names.TARGET, Value.of(new long[] {rows, batch.targetTime()}, batch.target()), Names.TARGET_LENGTHS, Value.of(new long[] {rows}, batch.targetLengths()));
    }

    private static Value mask(Batch batch) {
        Value mask = Value.zeros(batch.rows(), batch.targetTime());
        for (int i = 0; i < mask.data().length; i++) {
            mask.data()[i] = i % batch.targetTime() < batch.targetLengths()[i / batch.targetTime()] ? 1 : 0;
        }
        return mask;
    }

    /** Whatever a teacher says where padding is, NaN included. */
    @Test
    void paddedPositionsNeverCount() {
        for (Distance distance : Distance.values()) {
            Model student = encoderDecoder();
            StateMatching matching = crosswise(student, distance);
            Batch batch = batch(matching);
            float[] odd = batch.states().orElseThrow().values().clone();
            double[] mask = mask(batch).data();
            int padded = 0;
            for (int position = 0; position < mask.length; position++) {
                if (mask[position] == 0) {
                    Arrays.fill(odd, position * matching.teacherWidth(), (position + 1) * matching.teacherWidth(), position % 2 == 0 ? Float.NaN : 1e30f);
                    padded++;
                }
            }
            assertThat(padded).isPositive();
            var after = new ArrayList<Map<String, String>>();
            for (Batch each : List.of(batch, batch.with(new Batch.States(WEIGHT, matching.teacherWidth(), odd)))) {
                try (TorchSession session = open(student, matching, matching.begin(Weights.initial(student, 3), 3))) {
                    assertThat(session.step(1, 1e-2, List.of(each)).loss()).isFinite();
                    after.add(bits(session.checkpoint()));
                }
            }
            assertThat(after.get(1)).isEqualTo(after.get(0));
        }
    }

    /** Matched to itself through the identity there is nothing to learn; to what belongs one position further on there is. */
    @Test
    void aModelThatIsItsOwnTeacherHasNothingToLearn() {
        for (Model model : List.of(encoderDecoder(), decoderOnly())) {
            List<At> blocks = TargetStates.of(model).blocks();
            Weights weights = Weights.initial(model, 3);
            Batch plain = copies(new Random(2), 4, 2, 4, 1);
            int width = 2 * BLOCK.width();
            var own = new float[plain.rows() * plain.targetTime() * width];
            try (HiddenStates.Reader reader = new ReferenceBackend().load(model, weights, new ReferenceBackend.Options()).states().orElseThrow()
                    .reader(blocks.stream().map(At::block).toList())) {
                reader.read(new int[][] {ids(plain.source(), 0, 2), ids(plain.source(), 4, 4), ids(plain.source(), 8, 1)},
                        new int[][] {ids(plain.target(), 1, 2), ids(plain.target(), 6, 4), ids(plain.target(), 11, 1)}).get(0, own);
            }
            var shifted = new float[own.length];
            System.arraycopy(own, width, shifted, 0, own.length - width);
            for (Distance distance : Distance.values()) {
                var matching = new StateMatching(List.of(new Pair(blocks.get(0), blocks.get(0)), new Pair(blocks.get(1), blocks.get(1))), distance);
                Weights start = identities(matching, weights);
                Map<String, float[]> labels = gradients(model, matching, start, plain.with(new Batch.States(0, width, own)));
                Map<String, float[]> matched = gradients(model, matching, start, plain.with(new Batch.States(1, width, own)));
                Map<String, float[]> off = gradients(model, matching, start, plain.with(new Batch.States(1, width, shifted)));
                assertThat(Math.abs(matched.get("loss")[0] - labels.get("loss")[0])).as(model.architecture()).isLessThan(1e-6f);
                assertThat(Copying.distance(matched, labels)).as(model.architecture()).isLessThan(1e-5);
                assertThat(off.get("loss")[0] - labels.get("loss")[0]).as(model.architecture()).isGreaterThan(1e-5f);
                assertThat(Copying.distance(off, labels)).as(model.architecture()).isGreaterThan(1e-4);
            }
        }
    }

    private static int[] ids(long[] tokens, int from, int count) {
        return Arrays.stream(tokens, from, from + count).mapToInt(Math::toIntExact).toArray();
    }

    private static Weights identities(StateMatching matching, Weights student) {
        var all = new LinkedHashMap<>(student.tensors());
        for (Parameter projection : matching.projections()) {
            var identity = new float[BLOCK.width() * BLOCK.width()];
            IntStream.range(0, BLOCK.width()).forEach(i -> identity[i * BLOCK.width() + i] = 1);
            all.put(projection.name(), new Weights.Values(new long[] {BLOCK.width(), BLOCK.width()}, FloatBuffer.wrap(identity)));
        }
        return new Weights(all);
    }

    /** By every parameter, the projections among them, and the loss. */
    private static Map<String, float[]> gradients(Model model, StateMatching matching, Weights start, Batch batch) {
        try (TorchSession session = open(model, matching, start)) {
            double loss = session.step(1, 0, List.of(batch)).loss();
            var gradients = new HashMap<String, float[]>();
            Copying.arrays(session.checkpoint()).forEach((name, values) -> {
                if (name.startsWith("adamw.m.")) {
                    gradients.put(name, values);
                }
            });
            gradients.put("loss", new float[] {(float) loss});
            return gradients;
        }
    }

    @Test
    void aTrainingGoesOnFromItsCheckpointToTheSameBitsAndLeavesNoProjectionInTheModel() {
        Model student = encoderDecoder();
        StateMatching matching = crosswise(student, Distance.SQUARED);
        Weights start = matching.begin(Weights.initial(student, 3), 3);
        Batch batch = batch(matching);
        Weights checkpoint;
        Map<String, String> whole;
        try (TorchSession session = open(student, matching, start)) {
            session.step(1, 1e-2, List.of(batch));
            checkpoint = session.checkpoint();
            session.step(2, 1e-2, List.of(batch));
            whole = bits(session.checkpoint());
            assertThat(session.weights().tensors().keySet()).containsExactlyElementsOf(student.parameters().stream().map(Parameter::name).toList());
        }
        assertThat(checkpoint.tensors()).containsKeys("matching.0.projection", "adamw.v.matching.1.projection");
        try (TorchSession session = open(student, matching, start)) {
            session.restore(checkpoint);
            session.step(2, 1e-2, List.of(batch));
            assertThat(bits(session.checkpoint())).isEqualTo(whole);
        }
    }

    @Test
    void aBatchWithoutStatesIsRefused() {
        Model student = encoderDecoder();
        StateMatching matching = crosswise(student, Distance.COSINE);
        try (TorchSession session = open(student, matching, matching.begin(Weights.initial(student, 3), 3))) {
            assertThatThrownBy(() -> session.step(1, 0, List.of(copies(new Random(2), 4, 2))))
                    .hasMessage("the objective reads teacherStates, but the batch has no hidden states of a teacher");
        }
        // a model that tells none has nothing to match
        assertThatThrownBy(() -> new TorchTrainer().open(student, matching.beside(Copying.objective(0)), PLAIN, matching.begin(Weights.initial(student, 3), 3),
                new TorchTrainer.Options())).hasMessageContaining("reads states, which no batch has");
        assertThatThrownBy(() -> copies(new Random(2), 4, 2).with(new Batch.States(1, 3, new float[4]))).hasMessageContaining("are not those of 12 target positions of width 3");
    }
}
