package org.encore.experiment.result;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.encore.api.option.OptionDocs;
import org.encore.api.run.Stage.Scope;
import org.encore.cost.Convention;
import org.encore.cost.PartCost;
import org.encore.experiment.Primary;
import org.encore.experiment.plan.Cell;
import org.encore.experiment.plan.Node;
import org.encore.experiment.plan.Plan;
import org.encore.experiment.plan.Receipt;
import org.encore.experiment.run.RunFolder;
import org.encore.experiment.run.WholeFile;
import org.encore.graph.Model;
import org.jspecify.annotations.Nullable;

/**
 * What a run set out to do, as in {@code plan.json}.
 *
 * @param experiment name
 * @param stages ids, in order
 * @param primary the question; null if the experiment asks none
 * @param cells every model
 * @param models hash to what it is
 * @param groups stage over groups, to label, to the cells whose result it is
 * @param matched receipts
 * @param tuned variant to what its trials have chosen
 * @param data what the data are, to their digest; empty in plans of older versions
 */
public record RunPlan(String experiment, List<String> stages, @Nullable Primary primary, List<OfCell> cells, Map<String, OfModel> models,
        Map<String, Map<String, List<String>>> groups, List<Receipt> matched, Map<String, Tuned> tuned, Map<String, String> data) {

    public RunPlan {
        data = Optional.ofNullable(data).map(Map::copyOf).orElse(Map.of());
    }

    /** One cell. */
    public record OfCell(String id, String variant, long seed, Map<String, String> axes, String model, String task) {}

    /**
     * What several cells may share.
     *
     * @param source tokens that are read in {@code parts}
     * @param target tokens that are generated in {@code parts}
     * @param parts what each part of a layer costs at these lengths, matrix products only (modelled); empty in plans of older versions
     */
    public record OfModel(String architecture, Object options, long parameters, int source, int target, List<PartCost> parts) {

        public OfModel {
            parts = Optional.ofNullable(parts).map(List::copyOf).orElse(List.of());
        }

        private static OfModel of(Cell cell, List<Receipt> receipts) {
            Model model = cell.variant().model();
            Receipt lengths = receipts.stream().filter(r -> r.variant().equals(cell.variant().name()) && r.parameters() == model.parameterCount())
                    .findFirst().orElseThrow();
            return new OfModel(cell.architecture().id(), OptionDocs.plain(cell.architecture().options()), model.parameterCount(), lengths.source(),
                    lengths.target(), PartCost.of(model, Convention.PAPER, lengths.source(), lengths.target()));
        }
    }

    /**
     * What tuning came to.
     *
     * @param trials number of them, the same for all variants
     * @param chosen options that the best trial had
     * @param edges of them, those whose value was the first or last that was tried
     */
    public record Tuned(int trials, Map<String, String> chosen, List<String> edges) {}

    public static RunPlan of(Plan plan, Map<String, Tuned> tuned) {
        var models = new LinkedHashMap<String, OfModel>();
        for (Cell cell : plan.cells()) {
            models.computeIfAbsent(cell.modelHash(), hash -> OfModel.of(cell, plan.receipts()));
        }
        var data = new LinkedHashMap<String, String>();
        plan.cells().forEach(cell -> data.put(cell.corpus().data().description(), cell.corpus().data().digest()));
        var groups = new LinkedHashMap<String, Map<String, List<String>>>();
        for (Node node : plan.nodes()) {
            if (node.scope() == Scope.GROUP) {
                groups.computeIfAbsent(node.stage().id(), s -> new LinkedHashMap<>()).put(node.label(), node.members());
            }
        }
        List<OfCell> cells = plan.cells().stream().map(c -> new OfCell(c.id(), c.variant().name(), c.variant().seed(), c.variant().axes(),
                c.modelHash(), c.corpus().task().id())).toList();
        return new RunPlan(plan.experiment().name(), plan.experiment().stages(), plan.experiment().header().primary().orElse(null), cells, models,
                groups, plan.receipts(), tuned, data);
    }

    public void write(RunFolder folder) throws IOException {
        RecordFile.write(folder.path().resolve(RunFolder.PLAN), this);
    }

    /** The plan of a run; empty if it has none yet. */
    public static Optional<RunPlan> read(RunFolder folder) throws IOException {
        Path file = folder.path().resolve(RunFolder.PLAN);
        Optional<RunPlan> plan = RecordFile.read(file, RunPlan.class, "parts", "data", "against");
        if (plan.isPresent() && !plan.get().groups().values().stream().flatMap(labels -> labels.keySet().stream()).allMatch(RunFolder::staysInside)) {
            throw WholeFile.damaged(file, "a group of models has a name that leads out of the run's folder");
        }
        return plan;
    }
}
