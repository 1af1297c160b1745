package org.encore.experiment.yaml;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.encore.api.option.ConfigNode;
import org.encore.api.option.ConfigNode.Entry;
import org.encore.api.option.ConfigNode.Mapping;
import org.encore.api.option.ConfigNode.Position;
import org.encore.api.option.ConfigNode.Scalar;
import org.encore.api.option.ConfigNode.Sequence;
import org.encore.api.option.Problems;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;

/** Puts parser events together to nodes, without recursion: depth costs no stack. */
final class Assembly {

    private final String file;
    private final Problems problems;
    private final Deque<Open> open = new ArrayDeque<>();
    private @Nullable ConfigNode root;
    private int documents;
    private boolean stopped;

    Assembly(String file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    /** A mapping or list whose end has not come yet. */
    private static final class Open {
        final boolean mapping;
        final Position at;
        final List<Entry> entries = new ArrayList<>();
        final Set<String> names = new HashSet<>();
        final List<ConfigNode> items = new ArrayList<>();
        @Nullable Scalar key;

        Open(boolean mapping, Position at) {
            this.mapping = mapping;
            this.at = at;
        }
    }

    boolean stopped() {
        return stopped;
    }

    Optional<ConfigNode> root() {
        if (root == null || root instanceof Scalar scalar && scalar.text().isEmpty()) {
            problems.add(new Position(file, 1, 1), "the file is empty; expected an experiment with name, task and variants. "
                    + "examples/quickstart.yaml is one.");
            return Optional.empty();
        }
        return Optional.of(root);
    }

    void add(Event event) {
        switch (event) {
            case DocumentStartEvent start -> {
                documents++;
                if (documents > 1) {
                    stop(start, "a second document begins here; an experiment file has one");
                }
            }
            case AliasEvent alias -> stop(alias, "aliases (*name) are not read; write the value out");
            case NodeEvent node when node.getAnchor().isPresent() -> stop(node, "anchors (&name) are not read; write the value where it is used");
            case ScalarEvent scalar -> scalar(scalar);
            case CollectionStartEvent start when start.getTag().isPresent() -> tag(start, start.getTag().get());
            case CollectionStartEvent start -> {
                open.push(new Open(start instanceof MappingStartEvent, at(start)));
                if (open.size() > YamlReader.DEEPEST) {
                    stop(start, "more than " + YamlReader.DEEPEST + " levels; an experiment needs six or so");
                }
            }
            case CollectionEndEvent end -> {
                Open done = open.pop();
                put(done.mapping ? new Mapping(done.entries, done.at) : new Sequence(done.items, done.at));
            }
            default -> { } // begin and end of the stream
        }
    }

    private void scalar(ScalarEvent event) {
        if (event.getTag().isPresent()) {
            tag(event, event.getTag().get());
            return;
        }
        String text = event.getValue();
        boolean nothing = event.getScalarStyle() == ScalarStyle.PLAIN && (text.equals("null") || text.equals("~"));
        put(new Scalar(nothing ? "" : text, at(event)));
    }

    private void tag(Event event, String tag) {
        stop(event, "tags (" + tag + ") are not read; write a plain value");
    }

    private void put(ConfigNode node) {
        Open parent = open.peek();
        if (parent == null) {
            root = node;
        } else if (!parent.mapping) {
            parent.items.add(node);
        } else if (parent.key != null) {
            if (parent.names.add(parent.key.text())) {
                parent.entries.add(new Entry(parent.key, node));
            } else {
                problems.add(parent.key.at(), "'" + parent.key.text() + "' is given twice; keep one");
            }
            parent.key = null;
        } else if (node instanceof Scalar key) {
            parent.key = key;
        } else {
            problems.add(node.at(), "expected a name, not " + node.kind());
            stopped = true;
        }
    }

    private void stop(Event event, String message) {
        problems.add(at(event), message);
        stopped = true;
    }

    private Position at(Event event) {
        return event.getStartMark().map(mark -> new Position(file, mark.getLine() + 1, mark.getColumn() + 1)).orElse(new Position(file, 1, 1));
    }
}
