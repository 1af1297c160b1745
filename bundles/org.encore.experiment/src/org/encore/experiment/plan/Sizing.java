package org.encore.experiment.plan;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;

import org.encore.api.architecture.Architecture;
import org.encore.api.architecture.Build;
import org.encore.api.option.Choice;
import org.encore.cost.Convention;
import org.encore.cost.Cost;
import org.encore.experiment.match.Match;
import org.encore.experiment.match.WidthSolver;
import org.encore.experiment.matrix.CellSpec;
import org.encore.graph.Model;
import org.encore.graph.text.StructuralHash;

/** Models at their matched widths, each built once. */
final class Sizing {

    private final Map<Object, Outcome> known = new ConcurrentHashMap<>();
    private final Numbered numbered = new Numbered();

    /** A model, or why there is none. */
    private sealed interface Outcome {
        record Fits(Sized sized) implements Outcome {}

        record Fails(IllegalArgumentException why) implements Outcome {}
    }

    /**
     * A model.
     *
     * @param options of its architecture, width solved
     * @param hash of what it computes
     */
    record Sized(Record options, Model model, String hash) {}

    /**
     * Builds the models that these need, on all processors. What is wrong with one is told to who asks for it.
     *
     * @param corpora what each learns; empty if that cannot be had
     */
    void begin(Collection<CellSpec> specs, Function<CellSpec, Optional<Corpus>> corpora) {
        var wanted = new LinkedHashMap<Object, Runnable>();
        for (CellSpec spec : specs) {
            corpora.apply(spec).ifPresent(corpus -> wanted.putIfAbsent(key(spec, corpus), () -> outcome(spec, corpus)));
        }
        wanted.values().parallelStream().forEach(Runnable::run);
    }

    /** @throws IllegalArgumentException if the options contradict each other or no width fits */
    Sized of(CellSpec spec, Corpus corpus) {
        return switch (outcome(spec, corpus)) {
            case Outcome.Fits fits -> fits.sized();
            case Outcome.Fails fails -> throw fails.why();
        };
    }

    private Object key(CellSpec spec, Corpus corpus) {
        return List.of(numbered.of(spec.architecture()), spec.match(), corpus.tokenizer().size(), corpus.tokenizer().startToken());
    }

    private Outcome outcome(CellSpec spec, Corpus corpus) {
        return known.computeIfAbsent(key(spec, corpus), key -> {
            try {
                return new Outcome.Fits(size(spec.architecture(), spec.match(), corpus));
            } catch (IllegalArgumentException e) {
                return new Outcome.Fails(e);
            }
        });
    }

    private static <O extends Record> Sized size(Choice<Architecture<?>> choice, Optional<Match> match, Corpus corpus) {
        @SuppressWarnings("unchecked")
        var architecture = (Architecture<O>) choice.extension();
        O options = architecture.optionsType().cast(choice.options());
        var build = new Build(choice.id(), corpus.tokenizer().size(), corpus.tokenizer().startToken());
        if (match.isPresent()) {
            ToLongFunction<Model> quantity = quantity(match.get());
            options = WidthSolver.solve(architecture, options, match.get().goal(), o -> quantity.applyAsLong(architecture.build(o, build)));
        }
        Model model = architecture.build(options, build);
        return new Sized(options, model, StructuralHash.of(model));
    }

    private static ToLongFunction<Model> quantity(Match match) {
        return switch (match.quantity()) {
            case "parameters" -> Model::parameterCount;
            case "flops" -> model -> Cost.flops(model, Convention.PAPER, match.source(), match.target());
            default -> model -> Cost.decodeBytes(model, Convention.PAPER, match.source(), match.target());
        };
    }
}
