package org.encore.experiment.yaml;

import java.util.List;
import java.util.Optional;

import org.encore.experiment.yaml.YamlText.Entries;
import org.encore.experiment.yaml.YamlText.Entry;
import org.encore.experiment.yaml.YamlText.Items;
import org.encore.experiment.yaml.YamlText.Node;
import org.encore.experiment.yaml.YamlText.Word;

/**
 * Changes of single values in a text that people wrote: order, comments, quotes and line breaks of everything else stay. Paths name mappings from
 * the outside in.
 * All throw {@link IllegalArgumentException} where the text is not YAML, or the path leads through something that is no mapping.
 */
public final class YamlEdits {

    private YamlEdits() {}

    /** What stands at a path, as it is written; empty if nothing does. */
    public static Optional<String> written(String text, List<String> path) {
        return find(text, path).filter(node -> node.to() > node.from()).map(node -> text.substring(node.from(), node.to()));
    }

    /** What is chosen at a path: a name alone, or the name that has options; empty if nothing is, or something else stands there. */
    public static Optional<String> chosen(String text, List<String> path) {
        return find(text, path).flatMap(node -> switch (node) {
            case Word word -> Optional.of(word.text()).filter(name -> !name.isEmpty());
            case Entries entries -> entries.entries().size() == 1 ? Optional.of(entries.entries().getFirst().key().text()) : Optional.empty();
            case Items items -> Optional.empty();
        });
    }

    /** From where to where the value at a path stands; empty if there is none. */
    public static Optional<TextEdit> place(String text, List<String> path) {
        return find(text, path).map(node -> new TextEdit(node.from(), node.to() - node.from(), ""));
    }

    private static Optional<Node> find(String text, List<String> path) {
        Node node = YamlText.read(text).orElse(null);
        for (String name : path) {
            Entry entry = node instanceof Entries entries ? entries.entry(name) : null;
            if (entry == null) {
                return Optional.empty();
            }
            node = entry.value();
        }
        return Optional.ofNullable(node);
    }

    /** Values of the list at a path; empty if there is no list. A single value counts as a list of one. */
    public static Optional<List<String>> list(String text, List<String> path) {
        return find(text, path).flatMap(node -> switch (node) {
            case Items items -> Optional.of(items.items().stream().map(item -> item instanceof Word word ? word.text() : "").toList());
            case Word word -> word.text().isEmpty() ? Optional.empty() : Optional.of(List.of(word.text()));
            case Entries entries -> Optional.empty();
        });
    }

    /**
     * Gives an option a value, in the place of the one that it has; what the path passes on its way and is not there is added.
     *
     * @param value as it is to stand there, on one line
     */
    public static TextEdit set(String text, List<String> path, String value) {
        Node root = YamlText.read(text).orElse(null);
        if (root == null || root instanceof Word word && word.text().isEmpty()) {
            return new TextEdit(text.length(), 0, (text.isEmpty() || text.endsWith("\n") ? "" : "\n") + path.getFirst() + ": "
                    + nested(path.subList(1, path.size()), value) + "\n");
        }
        Node node = root;
        int after = 0;
        for (int i = 0; i < path.size(); i++) {
            List<String> rest = path.subList(i, path.size());
            switch (node) {
                case Entries entries -> {
                    Entry entry = entries.entry(rest.getFirst());
                    if (entry == null) {
                        return added(text, entries, rest.getFirst() + ": " + nested(rest.subList(1, rest.size()), value));
                    }
                    after = colon(text, entry);
                    node = entry.value();
                }
                case Word word when word.text().isEmpty() -> {
                    return replaced(text, word, after, nested(rest, value));
                }
                case Word word when word.text().equals(rest.getFirst()) -> {
                    // the name of a choice alone, which gets options now
                    return replaced(text, word, after, "{" + word.text() + ": " + nested(rest.subList(1, rest.size()), value) + "}");
                }
                case Word word -> throw through(rest.getFirst(), "a single value");
                case Items items -> throw through(rest.getFirst(), "a list");
            }
        }
        return replaced(text, node, after, value);
    }

    private static IllegalArgumentException through(String name, String what) {
        return new IllegalArgumentException("'" + name + "' cannot be set here: there is " + what + " in its place");
    }

    /** Takes away an entry with its name; nothing is changed where there is none. Lines of comments above it stay. */
    public static TextEdit remove(String text, List<String> path) {
        Node parent = find(text, path.subList(0, path.size() - 1)).orElse(null);
        Entry entry = parent instanceof Entries entries ? entries.entry(path.getLast()) : null;
        if (entry == null) {
            return new TextEdit(0, 0, "");
        }
        Entries entries = (Entries) parent;
        List<Node> all = entries.entries().stream().<Node>map(e -> new Word(e.key().text(), e.key().from(), written(text, e))).toList();
        return without(text, all, entries.entries().indexOf(entry), entries.flow(), false);
    }

    /** Puts a value into the list at a path, before the one that is now at the index. */
    public static TextEdit insertItem(String text, List<String> path, int index, String value) {
        Items items = items(text, path);
        if (items.items().isEmpty()) {
            return new TextEdit(items.from() + 1, 0, value);
        }
        if (index < items.items().size()) {
            int at = items.items().get(index).from();
            return items.flow() ? new TextEdit(at, 0, value + ", ") : new TextEdit(at, 0, value + lineBreak(text) + " ".repeat(dash(text, at))
                    + "- ");
        }
        int end = items.items().getLast().to();
        return items.flow() ? new TextEdit(end, 0, ", " + value)
                : new TextEdit(endOfLine(text, end), 0, lineBreak(text) + " ".repeat(dash(text, items.items().getLast().from())) + "- " + value);
    }

    /** Takes a value out of the list at a path. */
    public static TextEdit removeItem(String text, List<String> path, int index) {
        Items items = items(text, path);
        return without(text, items.items(), index, items.flow(), true);
    }

    private static Items items(String text, List<String> path) {
        return find(text, path).filter(Items.class::isInstance).map(Items.class::cast)
                .orElseThrow(() -> new IllegalArgumentException("there is no list at '" + String.join(".", path) + "'"));
    }

    private static String nested(List<String> path, String value) {
        return path.isEmpty() ? value : "{" + path.getFirst() + ": " + nested(path.subList(1, path.size()), value) + "}";
    }

    private static TextEdit added(String text, Entries entries, String entry) {
        if (entries.flow()) {
            return entries.entries().isEmpty() ? new TextEdit(entries.from() + 1, 0, entry)
                    : new TextEdit(written(text, entries.entries().getLast()), 0, ", " + entry);
        }
        int end = endOfLine(text, written(text, entries.entries().getLast()));
        return new TextEdit(end, 0, lineBreak(text) + " ".repeat(column(text, entries.entries().getFirst().key().from())) + entry);
    }

    /** Where an entry ends, its colon counted where nothing else follows. */
    private static int written(String text, Entry entry) {
        return Math.max(entry.to(), colon(text, entry));
    }

    /** Behind the colon of an entry; behind its name if it has none, as in {@code {a}}. */
    private static int colon(String text, Entry entry) {
        int at = entry.key().to();
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        return at < text.length() && text.charAt(at) == ':' ? at + 1 : entry.key().to();
    }

    /** @param after the colon before the node */
    private static TextEdit replaced(String text, Node node, int after, String value) {
        if (node.to() == node.from()) {
            return new TextEdit(after, 0, (after > 0 && text.charAt(after - 1) == ':' ? " " : ": ") + value);
        }
        boolean block = node instanceof Entries entries && !entries.flow() || node instanceof Items items && !items.flow();
        if (!block) {
            return new TextEdit(node.from(), node.to() - node.from(), value);
        }
        int end = endOfLine(text, after); // a comment behind the name stays
        return new TextEdit(after, node.to() - after, " " + value + (end < node.from() ? text.substring(after, end).stripTrailing() : ""));
    }

    private static TextEdit without(String text, List<Node> all, int index, boolean flow, boolean list) {
        return flow ? inBrackets(text, all, index) : lines(text, all, index, list);
    }

    private static TextEdit lines(String text, List<Node> all, int index, boolean list) {
        Node node = all.get(index);
        int begin = beginOfLine(text, node.from());
        if (!list && !text.substring(begin, node.from()).isBlank()) {
            // the first entry of a mapping that is an item of a list: the dash stays
            return new TextEdit(node.from(), (index == all.size() - 1 ? node.to() : all.get(index + 1).from()) - node.from(), "");
        }
        int end = endOfLine(text, node.to());
        return new TextEdit(begin, Math.min(text.length(), end + (text.startsWith("\r\n", end) ? 2 : 1)) - begin, "");
    }

    private static TextEdit inBrackets(String text, List<Node> all, int index) {
        Node node = all.get(index);
        if (index == 0) {
            return new TextEdit(node.from(), (all.size() == 1 ? node.to() : all.get(1).from()) - node.from(), "");
        }
        int before = all.get(index - 1).to();
        if (text.substring(before, node.from()).contains("#")) {
            // a comment stands between: it stays, and a comma before a closing bracket is allowed
            int end = node.to();
            return new TextEdit(node.from(), (end < text.length() && text.charAt(end) == ',' ? end + 1 : end) - node.from(), "");
        }
        return new TextEdit(before, node.to() - before, "");
    }

    private static int beginOfLine(String text, int at) {
        return text.lastIndexOf('\n', at - 1) + 1;
    }

    private static int endOfLine(String text, int at) {
        int end = text.indexOf('\n', at);
        return end < 0 ? text.length() : end > 0 && text.charAt(end - 1) == '\r' && end - 1 >= at ? end - 1 : end;
    }

    private static int column(String text, int at) {
        return at - beginOfLine(text, at);
    }

    /** Column of the dash before an item. */
    private static int dash(String text, int item) {
        return Math.max(0, text.lastIndexOf('-', item) - beginOfLine(text, item));
    }

    private static String lineBreak(String text) {
        return text.contains("\r\n") ? "\r\n" : "\n";
    }
}
