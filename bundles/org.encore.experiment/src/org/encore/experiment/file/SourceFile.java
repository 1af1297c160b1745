package org.encore.experiment.file;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.encore.api.option.ConfigNode;
import org.encore.api.option.ConfigNode.Entry;
import org.encore.api.option.ConfigNode.Mapping;
import org.encore.api.option.ConfigNode.Scalar;
import org.encore.api.option.Problems;
import org.encore.experiment.yaml.YamlReader;

/**
 * An experiment file joined with the file that it {@code extends}, which may extend another: its own entries hold, the base's stand where it is
 * silent.
 * Variants, axes and options of stages are joined entry by entry; an entry without a value takes the base's away.
 */
public final class SourceFile {

    private static final String EXTENDS = "extends";
    private static final String QUICK = "quick";
    private static final int DEEPEST = 8;
    /** Entries that choose one thing: never half of one and half of another. */
    private static final Set<String> WHOLE = Set.of("task", "tokenizer", "match", "launcher");

    private SourceFile() {}

    /** The joined mapping; empty if something is wrong, which is told. */
    public static Optional<Mapping> read(Path file, String text, Problems problems) {
        return read(file, text, problems, new ArrayList<>());
    }

    private static Optional<Mapping> read(Path file, String text, Problems problems, List<Path> before) {
        ConfigNode root = YamlReader.read(file.toString(), text, problems).orElse(null);
        if (root == null) {
            return Optional.empty();
        }
        if (!(root instanceof Mapping mapping)) {
            problems.add(root.at(), "expected an experiment with name, task and variants, not " + root.kind());
            return Optional.empty();
        }
        Entry base = mapping.entry(EXTENDS);
        return base == null ? Optional.of(mapping) : base(file, base, problems, before).map(under -> joined(under, mapping.without(EXTENDS)));
    }

    private static Optional<Mapping> base(Path file, Entry base, Problems problems, List<Path> before) {
        if (!(base.value() instanceof Scalar name) || name.text().isBlank()) {
            problems.add(base.value().at(), "expected the name of a file, not " + base.value().kind());
            return Optional.empty();
        }
        before.add(file.toAbsolutePath().normalize());
        Path other = file.toAbsolutePath().normalize().resolveSibling(name.text()).normalize();
        if (before.contains(other)) {
            problems.add(name.at(), "'" + name.text() + "' extends this file in turn; a file cannot stand below itself");
            return Optional.empty();
        }
        if (before.size() > DEEPEST) {
            problems.add(name.at(), "more than " + DEEPEST + " files extend each other here; join some of them");
            return Optional.empty();
        }
        try {
            Path shown = file.getParent() == null ? Path.of(name.text()) : file.getParent().resolve(name.text()).normalize();
            return read(shown, YamlReader.text(other), problems, before);
        } catch (Problems.InvalidConfiguration e) {
            problems.add(name.at(), "'" + name.text() + "' cannot be extended: " + e.problems().getFirst().message());
            return Optional.empty();
        }
    }

    /**
     * The same experiment, made quick: what its entry {@code quick} says holds over the rest, and its name says so. Without such an entry it is the
     * same.
     */
    public static Mapping quick(Mapping root) {
        Entry quick = root.entry(QUICK);
        Entry name = root.entry("name");
        Mapping rest = root.without(QUICK);
        if (name != null && name.value() instanceof Scalar text && !text.text().isBlank()) {
            rest = rest.with(new Entry(name.key(), new Scalar(text.text() + "-quick", text.at())));
        }
        return quick != null && quick.value() instanceof Mapping over ? joined(rest, over) : rest;
    }

    private static Mapping joined(Mapping under, Mapping over) {
        Mapping result = under;
        for (Entry entry : over.entries()) {
            Entry before = under.entry(entry.key().text());
            if (before != null && before.value() instanceof Mapping below && entry.value() instanceof Mapping above
                    && !WHOLE.contains(entry.key().text())) {
                result = result.with(new Entry(entry.key(), entries(below, above)));
            } else {
                result = taken(result, entry);
            }
        }
        return new Mapping(result.entries(), over.at());
    }

    private static Mapping entries(Mapping below, Mapping above) {
        Mapping result = below;
        for (Entry entry : above.entries()) {
            result = taken(result, entry);
        }
        return new Mapping(result.entries(), above.at());
    }

    /** An entry without a value takes away what stands below it. */
    private static Mapping taken(Mapping mapping, Entry entry) {
        boolean nothing = entry.value() instanceof Scalar scalar && scalar.text().isEmpty();
        return nothing && mapping.entry(entry.key().text()) != null ? mapping.without(entry.key().text()) : mapping.with(entry);
    }
}
