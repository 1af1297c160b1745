package org.encore.api.option;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** A piece of a configuration file that remembers where it stands. */
public sealed interface ConfigNode {

    Position at();

    /** What it is, for messages. */
    default String kind() {
        return switch (this) {
            case Scalar s -> s.text().isEmpty() ? "nothing" : "'" + s.text() + "'";
            case Sequence s -> "a list";
            case Mapping m -> "a mapping";
        };
    }

    /** A single value as written. */
    record Scalar(String text, Position at) implements ConfigNode {}

    /** A list. */
    record Sequence(List<ConfigNode> items, Position at) implements ConfigNode {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /** Names and values, in the order of the file; names are unique. */
    record Mapping(List<Entry> entries, Position at) implements ConfigNode {
        public Mapping {
            entries = List.copyOf(entries);
        }

        public @Nullable Entry entry(String name) {
            return entries.stream().filter(e -> e.key().text().equals(name)).findFirst().orElse(null);
        }

        /** The same with an entry added, or in the place of the one of its name. */
        public Mapping with(Entry entry) {
            var changed = new ArrayList<>(entries);
            int at = entries.stream().map(e -> e.key().text()).toList().indexOf(entry.key().text());
            if (at < 0) {
                changed.add(entry);
            } else {
                changed.set(at, entry);
            }
            return new Mapping(changed, this.at);
        }

        /** The same without one entry. */
        public Mapping without(String name) {
            return new Mapping(entries.stream().filter(e -> !e.key().text().equals(name)).toList(), at);
        }
    }

    /** One name with its value. */
    record Entry(Scalar key, ConfigNode value) {}

    /**
     * A place in a file.
     *
     * @param line from 1; 0 for a whole, such as an option of the command line
     * @param column from 1
     */
    record Position(String file, int line, int column) implements Comparable<Position> {

        /** Of values that stand in no file, such as defaults. */
        public static final Position NOWHERE = new Position("", 0, 0);

        @Override
        public int compareTo(Position other) {
            return java.util.Comparator.comparing(Position::file).thenComparingInt(Position::line).thenComparingInt(Position::column)
                    .compare(this, other);
        }

        @Override
        public String toString() {
            return file.isEmpty() ? "default" : line == 0 ? file : file + ":" + line + ":" + column;
        }
    }
}
