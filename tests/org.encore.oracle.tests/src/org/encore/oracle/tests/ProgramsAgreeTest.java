package org.encore.oracle.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.encore.api.inference.Generator;
import org.encore.graph.Names;
import org.encore.oracle.tests.Cases.Case;
import org.encore.oracle.tests.Cases.Inputs;
import org.encore.reference.Reference;
import org.encore.reference.ReferenceBackend;
import org.encore.reference.Value;
import org.encore.tasks.decoding.Greedy;
import org.encore.api.inference.Decoding.Limits;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The three programs of a model are one model, in double precision. */
class ProgramsAgreeTest {

    static List<Case> cases() {
        return Cases.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void trainLogitsEqualAPrefillFollowedBySteps(Case c) {
        Inputs in = c.inputs();
        Value train = new Reference(c.model().train()).run(in.train(), Reference.values(c.weights())).get(Names.LOGITS);
        int vocabulary = Cases.VOCABULARY;
        try (Generator generator = new ReferenceBackend().load(c.model(), c.weights(), new ReferenceBackend.Options()).generator(in.rows(), 40)) {
            var logits = generator.start(in.sources());
            for (int t = 0; t < in.targetTime(); t++) {
                for (int row = 0; row < in.rows(); row++) {
                    for (int v = 0; t < in.targetLengths()[row] && v < vocabulary; v++) {
                        assertThat((double) logits.get(row, v)).as("row %d, position %d", row, t)
                                .isCloseTo(train.data()[(row * in.targetTime() + t) * vocabulary + v], within(1e-5));
                    }
                }
                if (t + 1 < in.targetTime()) {
                    int next = t + 1;
                    int[] tokens = new int[in.rows()];
                    Arrays.setAll(tokens, row -> (int) in.target()[row * in.targetTime() + next]);
                    logits = generator.next(tokens);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void paddingChangesNothing(Case c) {
        Inputs in = c.inputs();
        Reference reference = new Reference(c.model().train());
        Value whole = reference.run(in.train(), Reference.values(c.weights())).get(Names.LOGITS);
        for (int row = 0; row < in.rows(); row++) {
            int s = (int) in.sourceLengths()[row];
            int t = (int) in.targetLengths()[row];
            Map<String, Value> alone = new HashMap<>();
            alone.put(Names.SOURCE, Value.of(new long[] {1, s}, Arrays.copyOfRange(in.source(), row * in.sourceTime(), row * in.sourceTime() + s)));
            alone.put(Names.SOURCE_LENGTHS, Value.of(new long[] {1}, new long[] {s}));
            alone.put(Names.TARGET, Value.of(new long[] {1, t}, Arrays.copyOfRange(in.target(), row * in.targetTime(), row * in.targetTime() + t)));
            alone.put(Names.TARGET_LENGTHS, Value.of(new long[] {1}, new long[] {t}));
            double[] expected = reference.run(alone, Reference.values(c.weights())).get(Names.LOGITS).data();
            int from = row * in.targetTime() * Cases.VOCABULARY;
            assertThat(Agreement.error(Arrays.copyOfRange(whole.data(), from, from + expected.length), expected)).isLessThan(1e-12);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void cachedGenerationEqualsUncachedTokenForToken(Case c) {
        int length = 6;
        try (Generator generator = new ReferenceBackend().load(c.model(), c.weights(), new ReferenceBackend.Options()).generator(c.inputs().rows(), 40)) {
            List<int[]> cached = new Greedy().decode(new Greedy.Options(), generator, c.inputs().sources(), new Limits(2, length));
            for (int row = 0; row < c.inputs().rows(); row++) {
                assertThat(cached.get(row)).isEqualTo(uncached(c, c.inputs().sources()[row], length));
            }
        }
    }

    /** Greedy generation that computes everything anew for every token. */
    private static int[] uncached(Case c, int[] source, int length) {
        var reference = new Reference(c.model().train());
        int[] target = {Cases.START};
        while (target.length <= length) {
            var inputs = Map.of(Names.SOURCE, Value.of(new long[] {1, source.length}, longs(source)), Names.SOURCE_LENGTHS,
                    Value.of(new long[] {1}, new long[] {source.length}), Names.TARGET, Value.of(new long[] {1, target.length}, longs(target)),
                    Names.TARGET_LENGTHS, Value.of(new long[] {1}, new long[] {target.length}));
            double[] logits = reference.run(inputs, Reference.values(c.weights())).get(Names.LOGITS).data();
            int best = 0;
            int last = (target.length - 1) * Cases.VOCABULARY;
            for (int v = 0; v < Cases.VOCABULARY; v++) {
                best = (float) logits[last + v] > (float) logits[last + best] ? v : best;
            }
            if (best == 2) {
                break;
            }
            target = Arrays.copyOf(target, target.length + 1);
            target[target.length - 1] = best;
        }
        return Arrays.copyOfRange(target, 1, target.length);
    }

    private static long[] longs(int[] ids) {
        return Arrays.stream(ids).asLongStream().toArray();
    }
}
