package org.encore.oracle.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

import org.encore.api.Availability;
import org.encore.api.inference.LoadedModel;
import org.encore.graph.StateSpec;
import org.encore.onnx.OrtProvider;
import org.encore.onnx.Serving;
import org.encore.onnx.Serving.Cache;
import org.encore.onnx.Serving.Logits;
import org.encore.onnx.Serving.Shapes;
import org.encore.onnx.runtime.OrtModel;
import org.encore.testing.Case;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Graphs for other hardware, with state in the processor's memory and in memory that the runtime gives, give what the reference gives. Where there is an
 * NVIDIA GPU and a runtime for it, it has to give the same.
 */
class ProviderTest {

    private static final Shapes DYNAMIC = new Shapes.Dynamic();
    private static final Shapes PADDED = new Shapes.Padded(12, 9);

    private static List<Serving> all() {
        return List.of(new Serving(Cache.NONE, Logits.LAST, PADDED), new Serving(Cache.COPIED, Logits.ALL, PADDED),
                new Serving(Cache.SHARED, Logits.LAST, DYNAMIC));
    }

    /** What a cache's shape could matter to: heads of each size are treated alike here. */
    static List<Case> cases() {
        return ServingTest.cases().stream().filter(c -> c.name().startsWith("recurrent") || c.name().endsWith("1")).toList();
    }

    private static List<BiFunction<Case, Serving, LoadedModel>> places() {
        var places = new ArrayList<BiFunction<Case, Serving, LoadedModel>>();
        places.add((c, serving) -> OrtModel.asElsewhere(c.model(), c.weights(), serving, false));
        places.add((c, serving) -> OrtModel.asElsewhere(c.model(), c.weights(), serving, true));
        var cuda = new OrtProvider.Cuda();
        if (cuda.probe() instanceof Availability.Present) {
            places.add((c, serving) -> cuda.load(c.model(), c.weights(), new OrtProvider.Options(1, serving.cache(), serving.logits(), serving.shapes())));
        }
        return places;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyWayGivesTheSameTokens(Case c) {
        ServingLaws laws = ServingLaws.of(c);
        for (var place : places()) {
            for (Serving serving : all()) {
                try (LoadedModel model = place.apply(c, serving)) {
                    laws.tokensAreTheReferences(model, serving);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyWayGivesTheTrainLogits(Case c) {
        for (var place : places()) {
            for (Serving serving : all()) {
                try (LoadedModel model = place.apply(c, serving)) {
                    ServingLaws.logitsAreThoseOfTraining(c, model);
                }
            }
        }
    }

    /** A cache without operators of one provider is written in place all the same. */
    @ParameterizedTest
    @MethodSource("cases")
    void everyCacheIsWrittenInPlace(Case c) {
        try (LoadedModel model = OrtModel.asElsewhere(c.model(), c.weights(), Serving.BEST, true)) {
            if (c.model().state().stream().anyMatch(state -> state.role() == StateSpec.Role.APPEND)) {
                assertThat(model.remarks()).noneMatch(remark -> remark.startsWith("caches copied"));
            }
        }
    }
}
