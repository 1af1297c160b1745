package org.encore.experiment.tune;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.encore.api.extension.Registry;
import org.encore.api.option.Problems;
import org.encore.experiment.Experiment;
import org.encore.experiment.matrix.Axis;
import org.encore.experiment.matrix.Bindings;
import org.encore.experiment.matrix.CellSpec;
import org.encore.experiment.matrix.Combination;
import org.encore.experiment.matrix.Expansion;
import org.encore.experiment.matrix.Setting;
import org.encore.experiment.plan.Cell;
import org.encore.experiment.plan.Plan;

/**
 * The trials of an experiment: the same combinations of options for every variant, at the first seed, the first value of every axis and the smallest size.
 *
 * @param combinations what is tried, in order
 * @param cells variant to its trials, in the same order
 */
public record Trials(List<Combination> combinations, Map<String, List<CellSpec>> cells) {

    /** What is done for a trial; the last compares all of one variant. */
    public static final List<String> STAGES = List.of("data", "tokenizer", "train", "tune");

    /** Which combinations are drawn, where not all are tried. */
    private static final long SEED = 1;

    /**
     * What would be tried.
     *
     * @param plan of the experiment before anything is tuned: its models tell which size is the smallest
     * @throws Problems.InvalidConfiguration if an option cannot be set for some variant
     */
    public static Trials of(Plan plan, Registry registry) {
        Experiment experiment = plan.experiment();
        List<Combination> combinations = drawn(Combination.of(experiment.tuning()), experiment.header().tune().map(Tune::trials).orElse(0));
        List<Axis> smallest = smallest(plan);
        var problems = new Problems();
        var expansion = new Expansion(experiment.root(), STAGES, new Bindings(experiment.root(), registry, problems), problems);
        var cells = new LinkedHashMap<String, List<CellSpec>>();
        experiment.variants().forEach(variant -> cells.put(variant, new ArrayList<>()));
        int number = 0;
        for (Combination combination : combinations) {
            number++;
            var settings = new LinkedHashMap<String, List<Setting>>();
            experiment.variants().forEach(variant -> settings.put(variant, combination.settings()));
            for (CellSpec cell : expansion.cells(smallest, experiment.header().seeds().subList(0, 1), settings)) {
                cells.get(cell.variant()).add(named(cell, number));
            }
        }
        problems.throwIfAny();
        return new Trials(combinations, cells);
    }

    private static List<Combination> drawn(List<Combination> all, int trials) {
        if (trials == 0 || trials >= all.size()) {
            return all;
        }
        var shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, new Random(SEED));
        return List.copyOf(shuffled.subList(0, trials));
    }

    /** One value of every axis: that with the smallest model, else the first. */
    private static List<Axis> smallest(Plan plan) {
        var axes = new ArrayList<Axis>();
        for (Axis axis : plan.experiment().axes()) {
            Axis.Value least = axis.values().getFirst();
            for (Axis.Value value : axis.values()) {
                if (parameters(plan, axis, value) < parameters(plan, axis, least)) {
                    least = value;
                }
            }
            axes.add(new Axis(axis.name(), List.of(least)));
        }
        return axes;
    }

    private static long parameters(Plan plan, Axis axis, Axis.Value value) {
        return plan.cells().stream().map(Cell::variant).filter(variant -> value.label().equals(variant.axes().get(axis.name())))
                .mapToLong(variant -> variant.model().parameterCount()).min().orElse(Long.MAX_VALUE);
    }

    private static CellSpec named(CellSpec cell, int number) {
        return new CellSpec("tune-" + cell.variant() + "-" + number, cell.variant(), cell.seed(), cell.axes(), cell.task(), cell.tokenizer(), cell.match(),
                cell.architecture(), cell.stages(), cell.at());
    }
}
