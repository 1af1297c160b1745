package org.encore.oracle.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;

import org.encore.api.inference.Generator;
import org.encore.api.inference.LoadedModel;
import org.encore.graph.Dim;
import org.encore.graph.Names;
import org.encore.graph.Program;
import org.encore.onnx.OrtCpu;
import org.encore.onnx.Serving;
import org.encore.onnx.Serving.Cache;
import org.encore.onnx.Serving.Logits;
import org.encore.onnx.Serving.Shapes;
import org.encore.onnx.compile.EveryPosition;
import org.encore.testing.Case;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Uncached, copied and shared caches, all logits or the last, padded and dynamic shapes: the same tokens. */
class ServingTest {

    private static final Shapes DYNAMIC = new Shapes.Dynamic();
    private static final Shapes PADDED = new Shapes.Padded(12, 9);

    /** Every value of each, and caches with all the others. */
    private static List<Serving> all() {
        return List.of(new Serving(Cache.NONE, Logits.ALL, PADDED), new Serving(Cache.NONE, Logits.LAST, DYNAMIC),
                new Serving(Cache.COPIED, Logits.ALL, DYNAMIC), new Serving(Cache.COPIED, Logits.LAST, PADDED),
                new Serving(Cache.SHARED, Logits.ALL, PADDED), new Serving(Cache.SHARED, Logits.LAST, DYNAMIC));
    }

    /** Each architecture at head sizes that the fused kernel takes with rotation, without, and not at all. */
    static List<Case> cases() {
        return Cases.all().stream().filter(c -> c.name().matches(c.name().startsWith("recurrent") ? ".* 2" : ".* [123]")).toList();
    }

    private static LoadedModel load(Case c, Serving serving) {
        return new OrtCpu().load(c.model(), c.weights(), new OrtCpu.Options(1, Optional.empty(), serving));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyWayGivesTheSameTokens(Case c) {
        ServingLaws laws = ServingLaws.of(c);
        for (Serving serving : all()) {
            try (LoadedModel model = load(c, serving)) {
                laws.tokensAreTheReferences(model, serving);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyWayGivesTheTrainLogits(Case c) {
        for (Serving serving : all()) {
            try (LoadedModel model = load(c, serving)) {
                ServingLaws.logitsAreThoseOfTraining(c, model);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void tokensTakenBackLeaveNoTraceWithoutACacheEither(Case c) {
        int[][] sources = {{3, 4, 5}};
        try (LoadedModel model = load(c, new Serving(Cache.NONE, Logits.LAST, DYNAMIC)); Generator generator = model.generator(1, 40)) {
            generator.start(sources);
            int straight = generator.next(new int[] {7}).argMax(0);
            generator.start(sources);
            generator.next(new int[] {5});
            generator.next(new int[] {6});
            generator.rewind(2);
            assertThat(generator.next(new int[] {7}).argMax(0)).isEqualTo(straight);
            assertThatThrownBy(() -> generator.rewind(2)).hasMessageContaining("cannot take back 2 of 1 tokens");
        }
    }

    static List<Case> casesWithoutRecurrentState() {
        return cases().stream().filter(c -> !c.name().startsWith("recurrent")).toList();
    }

    /** A conversation: what is read on gives what reading everything again gives. */
    @ParameterizedTest
    @MethodSource("casesWithoutRecurrentState")
    void whatIsReadOnIsAsIfItHadBeenReadAtOnce(Case c) {
        boolean oneRow = c.name().matches("decoder-only causal.*|decoder-decoder.*");
        for (Cache cache : List.of(Cache.SHARED, Cache.COPIED)) {
            try (LoadedModel model = load(c, new Serving(cache, Logits.LAST, DYNAMIC)); Generator generator = model.generator(1, 40)) {
                generator.start(new int[][] {{3, 4, 5}});
                assertThat(generator.readsOn()).as(c.name()).isEqualTo(oneRow);
                if (!oneRow) {
                    assertThatThrownBy(() -> generator.readOn(new int[] {7})).hasMessageContaining("reads a source as a whole");
                    continue;
                }
                generator.next(new int[] {6});
                float[] readOn = copy(generator.readOn(new int[] {7, 8}));
                float[] later = copy(generator.next(new int[] {9}));
                float[] atOnce = copy(generator.start(new int[][] {{3, 4, 5, c.model().startToken(), 6, 7, 8}}));
                assertThat(readOn).containsExactly(atOnce, org.assertj.core.api.Assertions.within(1e-4f));
                assertThat(later).containsExactly(copy(generator.next(new int[] {9})), org.assertj.core.api.Assertions.within(1e-4f));
                generator.rewind(2);   // the last token and the start token
                assertThat(copy(generator.readOn(new int[] {2}))).containsExactly(
                        copy(generator.start(new int[][] {{3, 4, 5, c.model().startToken(), 6, 7, 8, 2}})), org.assertj.core.api.Assertions.within(1e-4f));
                assertThatThrownBy(() -> generator.readOn(new int[0])).hasMessageContaining("at least 1 token behind 1 row");
                assertThatThrownBy(() -> generator.readOn(new int[60])).hasMessageContaining("has room for 40");
            }
        }
    }

    private static float[] copy(org.encore.api.inference.Logits logits) {
        var copy = new float[logits.vocabulary()];
        logits.values().get(0, copy);
        return copy;
    }

    @Test
    void allLogitsMeansThatTheHeadRunsOverEveryPosition() {
        Case c = cases().stream().filter(each -> each.name().startsWith("decoder-only causal")).findFirst().orElseThrow();
        Program program = EveryPosition.of(c.model().step());
        assertThat(c.model().step().tensors()).noneMatch(t -> t.shape().rank() == 3 && t.shape().get(2).equals(Dim.of(c.model().vocabularySize()))
                && t.shape().get(1).equals(Dim.symbol("T")));
        assertThat(program.tensors()).anyMatch(t -> t.shape().rank() == 3 && t.shape().get(2).equals(Dim.of(c.model().vocabularySize()))
                && t.shape().get(1).equals(Dim.symbol("T")));
        assertThat(program.output(Names.LOGITS).shape()).isEqualTo(c.model().step().output(Names.LOGITS).shape());
    }

    @Test
    void aSourceLongerThanTheShapesSaysBothNumbers() {
        Case c = cases().getFirst();
        try (LoadedModel model = load(c, new Serving(Cache.SHARED, Logits.LAST, PADDED)); Generator generator = model.generator(1, 40)) {
            assertThatThrownBy(() -> generator.start(new int[1][13])).hasMessageContaining("13 tokens").hasMessageContaining("12 tokens");
        }
    }

    @Test
    void aCacheThatCannotBeSharedIsSaidToBeCopied() {
        for (Case c : cases()) {
            boolean oddHeads = c.model().state().stream().anyMatch(s -> s.name().endsWith(".k") && s.type().shape().get(3).size() == 6);
            try (LoadedModel model = load(c, Serving.BEST)) {
                if (c.name().startsWith("encoder-decoder")) {
                    boolean rotated = !c.name().contains("relative");
                    assertThat(model.remarks().stream().anyMatch(remark -> remark.startsWith("caches copied: "))).as(c.name()).isEqualTo(oddHeads || !rotated);
                }
            }
        }
    }

    @Test
    void aCopiedCacheIsThereTwice() {
        Case c = cases().stream().filter(each -> each.name().startsWith("decoder-only causal")).findFirst().orElseThrow();
        try (LoadedModel shared = load(c, Serving.BEST); LoadedModel copied = load(c, new Serving(Cache.COPIED, Logits.LAST, DYNAMIC))) {
            assertThat(copied.stateBytes(1, 100)).isEqualTo(2 * shared.stateBytes(1, 100));
        }
    }
}
