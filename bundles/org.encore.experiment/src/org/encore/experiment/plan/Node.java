package org.encore.experiment.plan;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.encore.api.option.Choice;
import org.encore.api.run.Stage;
import org.encore.api.run.Stage.Scope;

/**
 * One execution of a stage.
 *
 * @param stage with its options
 * @param label of the cell or group; empty for the whole run, or if there is only one group
 * @param corpus that all its cells share; empty for the whole run
 * @param cells that it looks at
 * @param members ids of the cells whose result it is: more than those that it looks at, if a stage looks at some of a group only
 * @param inputs cell id to stage to whose result it reads; under {@link #GROUP} what a stage reads that looks at no model
 * @param after what has to end before, well or not
 */
public record Node(Choice<Stage<?>> stage, String label, Optional<Corpus> corpus, List<Cell> cells, List<String> members, Map<String, Map<String, Node>> inputs, List<Node> after) {

    /** In place of a cell's id: what belongs to all models of a group. */
    public static final String GROUP = "";

    public Node {
        cells = List.copyOf(cells);
        members = List.copyOf(members);
        inputs = Collections.unmodifiableMap(inputs);
        after = List.copyOf(after);
    }

    public Scope scope() {
        return stage.extension().scope();
    }

    /** Under which names its result is found: its stage, and the stage whose result it takes the place of. */
    public List<String> names() {
        String replaced = stage.extension().replaces();
        return replaced.isEmpty() ? List.of(stage.id()) : List.of(stage.id(), replaced);
    }

    /** Everything that has to end before it begins. */
    public Set<Node> needs() {
        var needs = new LinkedHashSet<>(after);
        inputs.values().forEach(ofCell -> needs.addAll(ofCell.values()));
        return needs;
    }

    /** Nodes are told apart by identity: two of them may do the same. */
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public String toString() {
        return label.isEmpty() ? stage.id() : stage.id() + " " + label;
    }
}
