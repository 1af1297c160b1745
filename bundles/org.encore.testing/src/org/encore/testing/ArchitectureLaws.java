package org.encore.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import org.encore.api.architecture.Architecture;
import org.encore.api.inference.Backend;
import org.encore.api.inference.LoadedModel;
import org.encore.api.training.Trainer;
import org.encore.graph.Model;
import org.encore.graph.Parameter;
import org.encore.graph.text.StructuralHash;

/**
 * What every architecture must hold to, so that whatever works with the built-in ones works with it. Choose small sizes: the reference interpreter
 * computes in double precision and without any hurry.
 */
public final class ArchitectureLaws {

    private static final int CASES = 4;
    private static final double TOLERANCE = 1e-4;
    private static final int NARROW = 12;

    private ArchitectureLaws() {}

    /**
     * Holds an architecture to all laws that need nothing but Java.
     *
     * @throws AssertionError at the first that does not hold
     */
    public static <O extends Record> void check(Architecture<O> architecture, O options) {
        of(architecture, options).forEach(Law::check);
    }

    /** The laws that need nothing but Java. */
    public static <O extends Record> List<Law> of(Architecture<O> architecture, O options) {
        var laws = new ArrayList<Law>();
        laws.add(new Law("equal options give equal models", () -> equalOptionsGiveEqualModels(architecture, options)));
        laws.add(new Law("another width changes sizes, not names", () -> anotherWidthChangesSizesNotNames(architecture, options)));
        laws.add(new Law("its text reads back", () -> ModelLaws.textReadsBack(build(architecture, options))));
        laws.add(each("training is a prefill followed by steps", architecture, options, ModelLaws::trainingIsAPrefillFollowedBySteps));
        laws.add(each("padding changes nothing", architecture, options, ModelLaws::paddingChangesNothing));
        laws.add(each("caches change nothing", architecture, options, ModelLaws::cachesChangeNothing));
        return laws;
    }

    /** That a backend agrees with the reference interpreter. */
    public static <O extends Record, B extends Record> List<Law> on(Backend<B> backend, B backendOptions, Architecture<O> architecture, O options) {
        return List.of(
                generation("it generates what training computes", architecture, options, backend, backendOptions,
                        GenerationLaws::generationGivesTheTrainLogits),
                generation("rows go on in another order", architecture, options, backend, backendOptions,
                        GenerationLaws::rowsGoOnInAnotherOrderAndMoreThanOnce),
                generation("another source finds no trace", architecture, options, backend, backendOptions,
                        GenerationLaws::anotherSourceFindsNoTraceOfTheOneBefore));
    }

    /** That a trainer agrees with the reference interpreter, and learns. */
    public static <O extends Record, T extends Record> List<Law> in(Trainer<T> trainer, T trainerOptions, Architecture<O> architecture, O options) {
        return List.of(each("the loss agrees and falls", architecture, options, c -> TrainingLaws.lossAgreesAndFalls(c, trainer, trainerOptions)));
    }

    private static <O extends Record, B extends Record> Law generation(String name, Architecture<O> architecture, O options, Backend<B> backend,
            B backendOptions, Consumer<GenerationLaws> law) {
        return each(name, architecture, options, c -> {
            try (LoadedModel model = backend.load(c.model(), c.weights(), backendOptions)) {
                law.accept(new GenerationLaws(c, model, TOLERANCE));
            }
        });
    }

    private static <O extends Record> Law each(String name, Architecture<O> architecture, O options, Consumer<Case> law) {
        return new Law(name, () -> {
            Model model = build(architecture, options);
            for (int i = 0; i < CASES; i++) {
                law.accept(Case.of(options + ", case " + i, model, new Random(i)));
            }
        });
    }

    private static <O extends Record> Model build(Architecture<O> architecture, O options) {
        return architecture.build(options, Case.build("tested"));
    }

    private static <O extends Record> void equalOptionsGiveEqualModels(Architecture<O> architecture, O options) {
        String first = StructuralHash.of(build(architecture, options));
        if (!StructuralHash.of(build(architecture, options)).equals(first)) {
            throw new AssertionError("built twice with " + options + " it is two different models. Does it depend on something beside its options?");
        }
    }

    private static <O extends Record> void anotherWidthChangesSizesNotNames(Architecture<O> architecture, O options) {
        Model narrow = build(architecture, architecture.atWidth(options, NARROW));
        Model wide = build(architecture, architecture.atWidth(options, 2 * NARROW));
        if (!names(narrow).equals(names(wide))) {
            throw new AssertionError("parameters have other names at width " + NARROW + " than at " + 2 * NARROW + ": " + names(narrow) + " and "
                    + names(wide));
        }
        if (narrow.parameterCount() >= wide.parameterCount()) {
            throw new AssertionError("atWidth does not make it larger: " + narrow.parameterCount() + " parameters at width " + NARROW + " and "
                    + wide.parameterCount() + " at " + 2 * NARROW + ". Matching could not make it equal to others.");
        }
    }

    private static Set<String> names(Model model) {
        return model.parameters().stream().map(Parameter::name).collect(Collectors.toSet());
    }
}
