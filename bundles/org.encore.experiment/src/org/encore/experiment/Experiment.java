package org.encore.experiment;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.encore.api.extension.Registry;
import org.encore.api.option.ConfigNode.Mapping;
import org.encore.api.option.Problems;
import org.encore.experiment.matrix.Axis;
import org.encore.experiment.matrix.Bindings;
import org.encore.experiment.matrix.CellSpec;
import org.encore.experiment.matrix.Expansion;
import org.encore.experiment.matrix.Setting;

/**
 * An experiment file, read, joined with what it extends, and bound.
 *
 * @param file it was read from
 * @param text of the file
 * @param root everything, joined
 * @param header what holds for all models
 * @param axes beside variants and seeds
 * @param tuning axes of tuning; none if nothing is tuned
 * @param resolved everything as plain values, defaults filled in: reading it again gives the same experiment
 * @param cells every model of the matrix
 */
public record Experiment(Path file, String text, Mapping root, Header header, List<Axis> axes, List<Axis> tuning, Map<String, Object> resolved,
        List<CellSpec> cells) {

    public Experiment {
        axes = List.copyOf(axes);
        tuning = List.copyOf(tuning);
        cells = List.copyOf(cells);
    }

    public String name() {
        return header.name();
    }

    /** Ids of the stages, in order. */
    public List<String> stages() {
        return header.stages();
    }

    /** Names of the variants, in the order of the file. */
    public List<String> variants() {
        return cells.stream().map(CellSpec::variant).distinct().toList();
    }

    /** The same experiment, of other models. */
    public Experiment of(List<CellSpec> others) {
        return new Experiment(file, text, root, header, axes, tuning, resolved, others);
    }

    /**
     * The same experiment with further settings for models of a variant, such as what tuning has chosen.
     *
     * @throws Problems.InvalidConfiguration if they do not fit
     */
    public Experiment with(Map<String, List<Setting>> ofVariant, Registry registry) {
        var problems = new Problems();
        List<CellSpec> changed = new Expansion(root, stages(), new Bindings(root, registry, problems), problems).cells(axes, header.seeds(), ofVariant);
        problems.throwIfAny();
        return of(changed);
    }
}
