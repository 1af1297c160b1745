package org.encore.experiment.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.encore.api.option.Choice;
import org.encore.api.run.Stage;
import org.encore.api.run.StageContext.Variant;

/** From models and stages to what has to be executed, needs before needers. */
final class Nodes {

    private final List<Node> all = new ArrayList<>();
    /** Stage to cell id to the node whose result is the cell's. */
    private final Map<String, Map<String, Node>> byStage = new HashMap<>();

    private Nodes() {}

    /** @param stages ids, in order; @param cells at least one */
    static List<Node> of(List<String> stages, List<Cell> cells) {
        var nodes = new Nodes();
        for (String id : stages) {
            nodes.stage(id, cells);
        }
        return List.copyOf(nodes.all);
    }

    private void stage(String id, List<Cell> cells) {
        Choice<Stage<?>> first = cells.getFirst().stages().get(id);
        switch (first.extension().scope()) {
            // thousands of nodes, of which none needs another of its stage
            case CELL -> cells.parallelStream().map(cell -> node(cell.stages().get(id), cell.id(), List.of(cell), List.of(cell))).toList().forEach(this::add);
            case GROUP -> groups(id, cells);
            case RUN -> all.add(new Node(first, "", Optional.empty(), List.of(), List.of(), Map.of(), all));
        }
    }

    /** Cells that share data, tokenizer and this stage's options. */
    private void groups(String id, List<Cell> cells) {
        var groups = new LinkedHashMap<List<Object>, List<Cell>>();
        var numbered = new Numbered();
        for (Cell cell : cells) {
            Object options = numbered.of(cell.stages().get(id));
            groups.computeIfAbsent(List.of(cell.corpus().id(), options, shared(cell, cell.stages().get(id))), key -> new ArrayList<>()).add(cell);
        }
        Map<List<Cell>, String> labels = GroupLabels.of(groups.values());
        groups.values().forEach(group -> {
            Choice<Stage<?>> stage = group.getFirst().stages().get(id);
            add(node(stage, labels.get(group), selected(stage, group), group));
        });
    }

    /** Results over groups that a stage reads: models share the stage only if they share these. */
    private List<Node> shared(Cell cell, Choice<Stage<?>> stage) {
        return needs(stage).stream().map(need -> byStage.get(need).get(cell.id())).filter(node -> node.scope() == Stage.Scope.GROUP).toList();
    }

    private static <O extends Record> List<String> needs(Choice<Stage<?>> choice) {
        @SuppressWarnings("unchecked")
        var stage = (Stage<O>) choice.extension();
        return stage.needs(stage.optionsType().cast(choice.options()));
    }

    private static <O extends Record> List<Cell> selected(Choice<Stage<?>> choice, List<Cell> group) {
        @SuppressWarnings("unchecked")
        var stage = (Stage<O>) choice.extension();
        Set<String> chosen = stage.selects(stage.optionsType().cast(choice.options()), group.stream().map(Cell::variant).toList()).stream()
                .map(Variant::cell).collect(Collectors.toSet());
        return group.stream().filter(cell -> chosen.contains(cell.id())).toList();
    }

    /** @param members cells whose later stages find the result; @param used those that the stage looks at */
    private Node node(Choice<Stage<?>> stage, String label, List<Cell> used, List<Cell> members) {
        var inputs = new LinkedHashMap<String, Map<String, Node>>();
        for (Cell cell : used) {
            inputs.put(cell.id(), read(stage, cell));
        }
        if (used.isEmpty()) {
            inputs.put(Node.GROUP, read(stage, members.getFirst()));
        }
        return new Node(stage, label, Optional.of(members.getFirst().corpus()), used, members.stream().map(Cell::id).toList(), inputs, List.of());
    }

    private void add(Node node) {
        all.add(node);
        for (String name : node.names()) {
            Map<String, Node> ofCells = byStage.computeIfAbsent(name, s -> new HashMap<>());
            node.members().forEach(cell -> ofCells.put(cell, node));
        }
    }

    private Map<String, Node> read(Choice<Stage<?>> stage, Cell cell) {
        var read = new LinkedHashMap<String, Node>();
        needs(stage).forEach(need -> read.put(need, byStage.get(need).get(cell.id())));
        for (String use : stage.extension().uses()) {
            Node used = byStage.getOrDefault(use, Map.of()).get(cell.id());
            if (used != null) {
                read.put(use, used);
            }
        }
        return read;
    }
}
