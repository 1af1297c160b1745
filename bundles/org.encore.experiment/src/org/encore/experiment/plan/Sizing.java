package org.encore.experiment.plan;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

import org.encore.api.architecture.Architecture;
import org.encore.api.architecture.Build;
import org.encore.api.option.Choice;
import org.encore.cost.Convention;
import org.encore.cost.Cost;
import org.encore.experiment.match.Match;
import org.encore.experiment.match.WidthSolver;
import org.encore.graph.Model;
import org.encore.graph.text.StructuralHash;

/** Models at their matched widths, each built once. */
final class Sizing {

    private final Map<Object, Sized> known = new HashMap<>();
    private final Numbered numbered = new Numbered();

    /**
     * A model.
     *
     * @param options of its architecture, width solved
     * @param hash of what it computes
     */
    record Sized(Record options, Model model, String hash) {}

    /** @throws IllegalArgumentException if the options contradict each other or no width fits */
    Sized of(Choice<Architecture<?>> architecture, Optional<Match> match, Corpus corpus) {
        var key = List.of(numbered.of(architecture), match, corpus.tokenizer().size(), corpus.tokenizer().startToken());
        Sized sized = known.get(key);
        if (sized == null) {
            sized = size(architecture, match, corpus);
            known.put(key, sized);
        }
        return sized;
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
