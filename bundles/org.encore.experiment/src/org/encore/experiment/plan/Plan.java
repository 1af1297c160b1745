package org.encore.experiment.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ForkJoinTask;
import java.util.function.Supplier;

import org.encore.api.option.Choice;
import org.encore.api.option.Problems;
import org.encore.api.run.Stage;
import org.encore.api.run.StageContext.Variant;
import org.encore.experiment.Experiment;
import org.encore.experiment.match.Match;
import org.encore.experiment.matrix.CellSpec;

/**
 * What an experiment amounts to.
 *
 * @param experiment as read
 * @param cells every model of the matrix, widths matched
 * @param receipts what was matched, one for each variant at each place of the matrix that changes it
 * @param nodes everything that has to be executed, needs before needers
 */
public record Plan(Experiment experiment, List<Cell> cells, List<Receipt> receipts, List<Node> nodes) {

    /** Lengths at which FLOPs and bytes are stated when nothing is matched on them. */
    private static final Match STATED = new Match(1, 0, 0, 16, 12);

    public Plan {
        cells = List.copyOf(cells);
        receipts = List.copyOf(receipts);
        nodes = List.copyOf(nodes);
    }

    /**
     * Loads the data, solves the widths and builds the models.
     *
     * @throws Problems.InvalidConfiguration if a variant's options contradict each other or cannot be matched
     * @throws org.encore.api.Unavailable if the data of a task are not here
     */
    public static Plan of(Experiment experiment, Corpora corpora) {
        return of(experiment, experiment.stages(), corpora);
    }

    /** As {@link #of(Experiment, Corpora)}, with other stages than the experiment's. */
    public static Plan of(Experiment experiment, List<String> stages, Corpora corpora) {
        var problems = new Problems();
        var sizing = new Sizing();
        var cells = new ArrayList<Cell>();
        var receipts = new LinkedHashMap<String, Supplier<Receipt>>();
        sizing.begin(experiment.cells(), spec -> corpus(spec, corpora));
        for (CellSpec spec : experiment.cells()) {
            try {
                Cell cell = cell(spec, corpora.corpus(spec.task(), spec.tokenizer()), sizing);
                cells.add(cell);
                stages.stream().flatMap(id -> Optional.ofNullable(spec.stages().get(id)).stream()).forEach(stage -> check(stage, cell.variant()));
                receipts.computeIfAbsent(spec.variant() + " " + cell.modelHash(),
                        key -> () -> Receipt.of(spec.variant(), cell.variant().model(), spec.match().orElse(STATED), spec.match().isPresent()));
            } catch (Problems.InvalidConfiguration e) {
                e.problems().forEach(problem -> problems.add(problem.at(), problem.message()));
            } catch (IllegalArgumentException e) {
                problems.add(spec.at(), "variant '" + spec.variant() + "': " + e.getMessage());
            }
        }
        problems.throwIfAny();
        // neither needs the other
        ForkJoinTask<List<Receipt>> matched = ForkJoinTask.adapt(() -> receipts.values().parallelStream().map(Supplier::get).toList()).fork();
        List<Node> nodes = Nodes.of(stages, cells);
        return new Plan(experiment, cells, matched.join(), nodes);
    }

    /** Where on the axes each receipt's model stands, in the order of the receipts; empty for a variant that has one model only. */
    public List<String> places() {
        var models = new LinkedHashMap<String, Map<String, List<Cell>>>();
        for (Cell cell : cells) {
            models.computeIfAbsent(cell.variant().name(), variant -> new LinkedHashMap<>()).computeIfAbsent(cell.modelHash(), hash -> new ArrayList<>()).add(cell);
        }
        var labels = new LinkedHashMap<String, String>();
        models.forEach((variant, groups) -> {
            Map<List<Cell>, String> ofVariant = GroupLabels.of(groups.values());
            groups.forEach((hash, group) -> labels.put(variant + " " + hash, ofVariant.get(group)));
        });
        return cells.stream().map(cell -> cell.variant().name() + " " + cell.modelHash()).distinct().map(labels::get).toList();
    }

    private static <O extends Record> void check(Choice<Stage<?>> choice, Variant variant) {
        @SuppressWarnings("unchecked")
        var stage = (Stage<O>) choice.extension();
        stage.check(stage.optionsType().cast(choice.options()), variant);
    }

    private static Optional<Corpus> corpus(CellSpec spec, Corpora corpora) {
        try {
            return Optional.of(corpora.corpus(spec.task(), spec.tokenizer()));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // told where the cell is made
        }
    }

    private static Cell cell(CellSpec spec, Corpus corpus, Sizing sizing) {
        Sizing.Sized sized = sizing.of(spec, corpus);
        var architecture = new Choice<org.encore.api.architecture.Architecture<?>>(spec.architecture().id(), spec.architecture().extension(), sized.options());
        var variant = new Variant(spec.id(), spec.variant(), spec.axes(), spec.architecture().id(), sized.options(), spec.seed(), sized.model());
        return new Cell(variant, architecture, sized.hash(), corpus, spec.stages());
    }
}
