package org.encore.experiment.yaml;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Where in a text each of its nodes stands: what {@link YamlEdits} changes pieces of a text by. Offsets are in characters of Java. */
final class YamlText {

    private YamlText() {}

    /** A node with its place. A block ends where its last word ends, before blank lines and comments. */
    sealed interface Node {
        int from();

        int to();
    }

    /** A single value; where nothing is written, it has no length. */
    record Word(String text, int from, int to) implements Node {}

    /** @param flow whether in brackets */
    record Items(List<Node> items, boolean flow, int from, int to) implements Node {}

    /** @param flow whether in braces */
    record Entries(List<Entry> entries, boolean flow, int from, int to) implements Node {

        @Nullable Entry entry(String name) {
            return entries.stream().filter(e -> e.key().text().equals(name)).findFirst().orElse(null);
        }
    }

    /** A name with its value. */
    record Entry(Word key, Node value) {

        int to() {
            return Math.max(key.to(), value.to());
        }
    }

    private static final class Open {
        final CollectionStartEvent start;
        final int from;
        final List<Node> items = new ArrayList<>();
        final List<Entry> entries = new ArrayList<>();
        @Nullable Word key;

        Open(CollectionStartEvent start, int from) {
            this.start = start;
            this.from = from;
        }
    }

    /**
     * The nodes of a text; empty if there are none.
     *
     * @throws IllegalArgumentException if it is no YAML, or has what experiments do not have: aliases, names that are no single values
     */
    static Optional<Node> read(String text) {
        var open = new ArrayDeque<Open>();
        var root = new ArrayList<Node>();
        try {
            for (Event event : new Parse(LoadSettings.builder().build()).parseString(text)) {
                switch (event) {
                    case AliasEvent alias -> throw new IllegalArgumentException("the text has aliases, which are edited by hand");
                    case ScalarEvent scalar -> put(word(text, scalar), open, root);
                    case CollectionStartEvent start -> {
                        open.push(new Open(start, at(text, start.getStartMark())));
                        if (open.size() > YamlReader.DEEPEST) {
                            throw new IllegalArgumentException("the text has more than " + YamlReader.DEEPEST + " levels");
                        }
                    }
                    case CollectionEndEvent end -> {
                        Open done = open.pop();
                        put(node(done, at(text, end.getEndMark())), open, root);
                    }
                    default -> { } // begin and end of stream and document
                }
            }
        } catch (YamlEngineException e) {
            throw new IllegalArgumentException("the text is not YAML yet: " + String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip(),
                    e);
        }
        return root.stream().findFirst();
    }

    /** A block of lines is said to end where the next line begins: that line is not part of it, nor are blank lines and comments between. */
    private static Word word(String text, ScalarEvent scalar) {
        int from = at(text, scalar.getStartMark());
        int to = at(text, scalar.getEndMark());
        while (to > from && Character.isWhitespace(text.charAt(to - 1))) {
            to--;
        }
        return new Word(scalar.getValue(), from, to);
    }

    private static Node node(Open done, int end) {
        boolean flow = done.start.isFlow();
        if (done.start instanceof MappingStartEvent) {
            int to = flow ? end : done.entries.isEmpty() ? done.from : done.entries.getLast().to();
            return new Entries(List.copyOf(done.entries), flow, done.from, to);
        }
        return new Items(List.copyOf(done.items), flow, done.from, flow ? end : done.items.isEmpty() ? done.from : done.items.getLast().to());
    }

    private static void put(Node node, Deque<Open> open, List<Node> root) {
        Open parent = open.peek();
        if (parent == null) {
            root.add(node);
        } else if (!(parent.start instanceof MappingStartEvent)) {
            parent.items.add(node);
        } else if (parent.key != null) {
            parent.entries.add(new Entry(parent.key, node));
            parent.key = null;
        } else if (node instanceof Word key) {
            parent.key = key;
        } else {
            throw new IllegalArgumentException("the text has a name that is no single word, which is edited by hand");
        }
    }

    /** Marks count code points. */
    private static int at(String text, Optional<Mark> mark) {
        return text.offsetByCodePoints(0, mark.orElseThrow().getIndex());
    }
}
