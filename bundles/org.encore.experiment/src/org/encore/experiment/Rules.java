package org.encore.experiment;

import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.encore.api.extension.ExtensionPoint;
import org.encore.api.extension.Registry;
import org.encore.api.option.Choice;
import org.encore.api.option.ConfigNode;
import org.encore.api.option.ConfigNode.Entry;
import org.encore.api.option.ConfigNode.Mapping;
import org.encore.api.option.ConfigNode.Position;
import org.encore.api.option.Nearest;
import org.encore.api.option.Problems;
import org.encore.api.run.Stage;
import org.encore.experiment.matrix.Axis;
import org.encore.experiment.matrix.Bindings;
import org.encore.experiment.matrix.CellSpec;
import org.jspecify.annotations.Nullable;

/** What must hold in an experiment file beside the types of its options. */
final class Rules {

    private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final long MOST_CELLS = 100_000;

    private final Mapping root;
    private final Registry registry;
    private final Problems problems;
    private final Bindings bindings;

    /** @param bindings that options of stages were bound by */
    Rules(Mapping root, Registry registry, Problems problems, Bindings bindings) {
        this.root = root;
        this.registry = registry;
        this.problems = problems;
        this.bindings = bindings;
    }

    /** Names that become part of a path, whatever else is wrong with the file. */
    void names() {
        if (root.entry("name") != null && root.entry("name").value() instanceof ConfigNode.Scalar name) {
            name(name.text(), name.at());
        }
        if (root.entry("variants") != null && root.entry("variants").value() instanceof Mapping variants) {
            variants.entries().forEach(variant -> name(variant.key().text(), variant.key().at()));
        }
    }

    private void name(String name, Position at) {
        if (!FILE_NAME.matcher(name).matches()) {
            problems.add(at, "'" + name + "' becomes part of a folder's name: give at most 64 letters, digits, dots, hyphens and underscores, "
                    + "beginning with a letter or digit");
        }
    }

    void sizes(List<Axis> axes, int seeds) {
        long cells = seeds;
        for (Axis axis : axes) {
            cells = Math.min(MOST_CELLS + 1, cells * Math.max(1, axis.values().size()));
        }
        if (cells > MOST_CELLS) {
            problems.add(at("matrix"), "the matrix has more than " + MOST_CELLS + " models; leave out some values");
        }
    }

    void check(Header header, List<CellSpec> all) {
        List<CellSpec> cells = ofOneSeed(header, all);
        stages(header, cells);
        // most cells share their choices; to compare all of them would take longer than to check
        Set<Choice<Stage<?>>> chosen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Choice<Stage<?>>> different = cells.stream().flatMap(cell -> cell.stages().values().stream()).filter(chosen::add).toList();
        different.stream().distinct().forEach(this::options);
        together(cells);
        if (cells.isEmpty() && problems.isEmpty()) {
            problems.add(at("variants"), "no variants; name at least one, such as 'dec: {decoder-only: {preset: 1m}}'");
        }
        if (header.seeds().isEmpty() || header.seeds().size() != new HashSet<>(header.seeds()).size()) {
            problems.add(at("seeds"), "give one seed at least, and none twice");
        }
        List<String> variants = cells.stream().map(CellSpec::variant).distinct().toList();
        header.primary().ifPresent(primary -> Stream.concat(primary.contrast().stream(), primary.against().stream()).distinct()
                .filter(name -> !cells.isEmpty() && !variants.contains(name))
                .forEach(name -> problems.add(at("primary"), "no variant '" + name + "' to contrast. " + Nearest.suggestion(name, variants))));
    }

    /** Seeds change no option: what holds for the first holds for all. */
    private static List<CellSpec> ofOneSeed(Header header, List<CellSpec> cells) {
        return cells.stream().filter(cell -> cell.seed() == header.seeds().getFirst()).toList();
    }

    private void stages(Header header, List<CellSpec> cells) {
        Position stages = at("stages");
        var before = new HashSet<String>();
        var told = new HashSet<String>();
        for (String id : header.stages()) {
            if (!before.add(id)) {
                problems.add(stages, "stage '" + id + "' is named twice");
            }
            registry.list(ExtensionPoint.STAGES).stream().filter(c -> c.id().equals(id)).findFirst().ifPresent(c -> {
                Stream.concat(c.get().needs().stream(), cells.stream().flatMap(cell -> needs(cell.stages().get(id)).stream()))
                        .filter(need -> !before.contains(need) && told.add(id + " " + need))
                        .forEach(need -> problems.add(stages, "stage '" + id + "' needs stage '" + need + "' before it"));
                c.get().uses().stream().filter(use -> !before.contains(use) && header.stages().contains(use))
                        .forEach(use -> problems.add(stages, "stage '" + use + "' must stand before stage '" + id + "', which reads its results"));
                before.add(c.get().replaces());
            });
        }
    }

    private <O extends Record> void options(Choice<Stage<?>> choice) {
        @SuppressWarnings("unchecked")
        var stage = (Stage<O>) choice.extension();
        try {
            stage.check(stage.optionsType().cast(choice.options()));
        } catch (IllegalArgumentException e) {
            problems.add(bindings.at(choice, e, at(root.entry(choice.id()) == null ? "stages" : choice.id())), e.getMessage());
        }
    }

    /** What stages of one model are given, once for all models that have the same. */
    private void together(List<CellSpec> cells) {
        var numbers = new IdentityHashMap<Choice<?>, Integer>();
        var seen = new HashSet<List<Integer>>();
        for (CellSpec cell : cells) {
            Collection<Choice<Stage<?>>> chosen = cell.stages().values();
            if (seen.add(chosen.stream().map(stage -> numbers.computeIfAbsent(stage, s -> numbers.size())).toList())) {
                var options = new LinkedHashMap<String, Record>();
                chosen.forEach(stage -> options.put(stage.id(), stage.options()));
                chosen.forEach(stage -> together(stage, Collections.unmodifiableMap(options)));
            }
        }
    }

    private <O extends Record> void together(Choice<Stage<?>> choice, Map<String, Record> all) {
        @SuppressWarnings("unchecked")
        var stage = (Stage<O>) choice.extension();
        try {
            stage.check(stage.optionsType().cast(choice.options()), all);
        } catch (IllegalArgumentException e) {
            problems.add(bindings.at(choice, e, at(root.entry(choice.id()) == null ? "stages" : choice.id())), e.getMessage());
        }
    }

    private static <O extends Record> List<String> needs(@Nullable Choice<Stage<?>> choice) {
        if (choice == null) {
            return List.of(); // it could not be bound, which was told
        }
        @SuppressWarnings("unchecked")
        var stage = (Stage<O>) choice.extension();
        return stage.needs(stage.optionsType().cast(choice.options()));
    }

    private Position at(String name) {
        Entry entry = root.entry(name);
        return entry == null ? root.at() : entry.value().at();
    }
}
