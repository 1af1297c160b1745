package org.encore.workbench.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.encore.api.extension.Registry;
import org.encore.experiment.yaml.TextEdit;
import org.encore.experiment.yaml.YamlEdits;

/** Changes of a text that add, take away, move and link stages. A text that names no stages gets the usual ones written out first. */
final class StageEdits {

    private static final List<String> STAGES = List.of(Pipeline.STAGES);

    private final List<TextEdit> edits = new ArrayList<>();
    private final List<String> ids;
    private final Registry registry;
    private String text;

    /** @param usual stages of a text that names none itself */
    StageEdits(String text, List<String> usual, Registry registry) {
        this.text = text;
        this.registry = registry;
        this.ids = new ArrayList<>(YamlEdits.list(text, STAGES).orElse(usual));
    }

    List<TextEdit> edits() {
        return List.copyOf(edits);
    }

    private void take(TextEdit edit) {
        edits.add(edit);
        text = edit.applied(text);
    }

    private void listed() {
        String written = YamlEdits.written(text, STAGES).orElse("");
        if (!written.startsWith("[") && !written.startsWith("-")) {
            take(YamlEdits.set(text, STAGES, "[" + String.join(", ", ids) + "]"));
        }
    }

    /** Adds a stage where it fits, and before it what it needs. @return ids of what was added beside it */
    List<String> add(String id) {
        listed();
        List<String> needed = Pipeline.missing(id, ids, registry);
        needed.forEach(this::insert);
        insert(id);
        return needed;
    }

    private void insert(String id) {
        insert(id, Pipeline.place(id, ids, registry));
    }

    private void insert(String id, int index) {
        take(YamlEdits.insertItem(text, STAGES, index, id));
        ids.add(index, id);
    }

    StageEdits remove(String id) {
        listed();
        int index = ids.indexOf(id);
        if (index >= 0) {
            take(YamlEdits.removeItem(text, STAGES, index));
            ids.remove(index);
        }
        return this;
    }

    /** Moves a stage among the others; at the end it stays. */
    StageEdits move(String id, int by) {
        int from = ids.indexOf(id);
        int to = Math.max(0, Math.min(ids.size() - 1, from + by));
        if (from >= 0 && to != from) {
            remove(id);
            insert(id, to);
        }
        return this;
    }

    /** Lets one stage read another, which is a matter of order. @return why it cannot; empty if it was done */
    Optional<String> link(String from, String to) {
        if (!Pipeline.mayRead(to, from, registry)) {
            return Optional.of("'" + to + "' takes nothing from '" + from + "': what a stage reads is its own. It reads " + Pipeline.readsInWords(to,
                    registry) + ".");
        }
        int source = ids.indexOf(from);
        int target = ids.indexOf(to);
        if (source < target) {
            return Optional.of("'" + to + "' reads '" + from + "' already.");
        }
        remove(from);
        insert(from, target);
        return Optional.empty();
    }
}
