package org.encore.experiment.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

import org.encore.api.Unavailable;
import org.encore.api.architecture.Architecture;
import org.encore.api.architecture.Build;
import org.encore.api.option.Choice;
import org.encore.api.option.OptionDocs;
import org.encore.api.option.Problems;
import org.encore.api.run.StageContext.Variant;
import org.encore.api.task.Task;
import org.encore.api.task.TaskData;
import org.encore.cost.Convention;
import org.encore.cost.Cost;
import org.encore.experiment.Experiment;
import org.encore.experiment.Experiment.VariantSpec;
import org.encore.experiment.match.Match;
import org.encore.experiment.match.WidthSolver;
import org.encore.graph.Model;

/**
 * What an experiment amounts to.
 *
 * @param experiment as read
 * @param data of its task
 * @param variants every model of the matrix, widths matched
 * @param receipts what was matched, one for each variant of the file
 */
public record Plan(Experiment experiment, TaskData data, List<Variant> variants, List<Receipt> receipts) {

    /** Lengths at which FLOPs and bytes are stated when nothing is matched on them. */
    private static final Match STATED = new Match(1, 0, 0, 16, 12);

    /**
     * Loads the data, solves the widths and builds the models.
     *
     * @throws Problems.InvalidConfiguration if a variant's options contradict each other or cannot be matched
     * @throws Unavailable if the task's data are not here
     */
    public static Plan of(Experiment experiment) {
        TaskData data = load(experiment.task());
        var problems = new Problems();
        var variants = new ArrayList<Variant>();
        var receipts = new ArrayList<Receipt>();
        for (VariantSpec spec : experiment.variants()) {
            try {
                Sized sized = sized(spec.architecture(), experiment.match(), data);
                receipts.add(Receipt.of(spec.name(), sized.model(), experiment.match().orElse(STATED), experiment.match().isPresent()));
                for (long seed : experiment.seeds()) {
                    variants.add(new Variant(spec.name() + "-seed" + seed, spec.name(), spec.architecture().id(), sized.options(), seed, sized.model()));
                }
            } catch (IllegalArgumentException e) {
                problems.add(spec.at(), "variant '" + spec.name() + "': " + e.getMessage());
            }
        }
        problems.throwIfAny();
        return new Plan(experiment, data, List.copyOf(variants), List.copyOf(receipts));
    }

    private static <O extends Record> TaskData load(Choice<Task<?>> choice) {
        @SuppressWarnings("unchecked")
        var task = (Task<O>) choice.extension();
        return task.load(task.optionsType().cast(choice.options()));
    }

    private record Sized(Record options, Model model) {}

    private static <O extends Record> Sized sized(Choice<Architecture<?>> choice, Optional<Match> match, TaskData data) {
        @SuppressWarnings("unchecked")
        var architecture = (Architecture<O>) choice.extension();
        O options = architecture.optionsType().cast(choice.options());
        var build = new Build(choice.id(), data.tokenizer().size(), data.tokenizer().startToken());
        if (match.isPresent()) {
            ToLongFunction<Model> quantity = quantity(match.get());
            options = WidthSolver.solve(architecture, options, match.get().goal(), o -> quantity.applyAsLong(architecture.build(o, build)));
        }
        return new Sized(options, architecture.build(options, build));
    }

    private static ToLongFunction<Model> quantity(Match match) {
        return switch (match.quantity()) {
            case "parameters" -> Model::parameterCount;
            case "flops" -> model -> Cost.flops(model, Convention.PAPER, match.source(), match.target());
            default -> model -> Cost.decodeBytes(model, Convention.PAPER, match.source(), match.target());
        };
    }

    /** The experiment as plain values, every default filled in and widths matched: reading it again gives the same plan. */
    public Map<String, Object> resolved() {
        var plain = new LinkedHashMap<String, Object>();
        plain.put("name", experiment.name());
        plain.put("task", OptionDocs.plain(experiment.task()));
        var architectures = new LinkedHashMap<String, Object>();
        for (Variant variant : variants) {
            architectures.putIfAbsent(variant.name(), Map.of(variant.architecture(), OptionDocs.plain(variant.options())));
        }
        plain.put("variants", architectures);
        plain.put("seeds", experiment.seeds());
        plain.put("threads", experiment.threads());
        plain.put("stages", experiment.stages().stream().map(Choice::id).toList());
        for (Choice<?> stage : experiment.stages()) {
            if (stage.options().getClass().getRecordComponents().length > 0) {
                plain.put(stage.id(), OptionDocs.plain(stage.options()));
            }
        }
        return plain;
    }
}
