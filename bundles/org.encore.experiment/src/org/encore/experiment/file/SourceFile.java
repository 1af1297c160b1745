package org.encore.experiment.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.encore.api.extension.Registry;
import org.encore.api.option.ConfigNode;
import org.encore.api.option.ConfigNode.Entry;
import org.encore.api.option.ConfigNode.Mapping;
import org.encore.api.option.ConfigNode.Scalar;
import org.encore.api.option.Problems;
import org.encore.experiment.yaml.YamlReader;

/**
 * An experiment file joined with the file that it {@code extends}, which may extend another: its own entries hold, the base's stand where it is
 * silent, as {@link Overlay} says.
 */
public final class SourceFile {

    private static final String EXTENDS = "extends";
    private static final String QUICK = "quick";
    private static final int DEEPEST = 64;

    private final Registry registry;
    private final Problems problems;
    /** Files that extend what is read now. */
    private final List<Path> before = new ArrayList<>();

    private SourceFile(Registry registry, Problems problems) {
        this.registry = registry;
        this.problems = problems;
    }

    /** The joined mapping; empty if something is wrong, which is told. */
    public static Optional<Mapping> read(Path file, String text, Registry registry, Problems problems) {
        return new SourceFile(registry, problems).read(file, text);
    }

    private Optional<Mapping> read(Path file, String text) {
        ConfigNode root = YamlReader.read(file.toString(), text, problems).orElse(null);
        if (root == null) {
            return Optional.empty();
        }
        if (!(root instanceof Mapping mapping)) {
            problems.add(root.at(), "expected an experiment with name, task and variants, not " + root.kind());
            return Optional.empty();
        }
        Entry base = mapping.entry(EXTENDS);
        return base == null ? Optional.of(mapping) : base(file, base).map(under -> new Overlay(registry).experiment(under, mapping.without(EXTENDS)));
    }

    private Optional<Mapping> base(Path file, Entry base) {
        if (!(base.value() instanceof Scalar name) || name.text().isBlank()) {
            problems.add(base.value().at(), "expected the name of a file, not " + base.value().kind());
            return Optional.empty();
        }
        before.add(real(file));
        Path other = file.toAbsolutePath().normalize().resolveSibling(name.text()).normalize();
        if (before.contains(real(other))) {
            problems.add(name.at(), "'" + name.text() + "' extends this file in turn; a file cannot stand below itself");
            return Optional.empty();
        }
        if (before.size() > DEEPEST) {
            problems.add(name.at(), "more than " + DEEPEST + " files extend each other here; join some of them");
            return Optional.empty();
        }
        try {
            Path shown = file.getParent() == null ? Path.of(name.text()) : file.getParent().resolve(name.text()).normalize();
            return read(shown, YamlReader.text(other));
        } catch (Problems.InvalidConfiguration e) {
            problems.add(name.at(), "'" + name.text() + "' cannot be extended: " + e.problems().getFirst().message());
            return Optional.empty();
        }
    }

    /** Where links lead: a file is the same under all its names. */
    private static Path real(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException e) {
            return file.toAbsolutePath().normalize(); // that it is not there is told when it is read
        }
    }

    /**
     * The same experiment, made quick: what its entry {@code quick} says holds over the rest, and its name says so. Without such an entry it is the
     * same.
     */
    public static Mapping quick(Mapping root, Registry registry) {
        Entry quick = root.entry(QUICK);
        Entry name = root.entry("name");
        Mapping rest = root.without(QUICK);
        if (name != null && name.value() instanceof Scalar text && !text.text().isBlank()) {
            rest = rest.with(new Entry(name.key(), new Scalar(text.text() + "-quick", text.at())));
        }
        return quick != null && quick.value() instanceof Mapping over ? new Overlay(registry).experiment(rest, over) : rest;
    }
}
