package org.encore.experiment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import org.encore.api.extension.Contribution;
import org.encore.api.extension.ExtensionPoint;
import org.encore.api.extension.Registry;
import org.encore.api.option.Binder;
import org.encore.api.option.Choice;
import org.encore.api.option.ConfigNode.Entry;
import org.encore.api.option.ConfigNode.Mapping;
import org.encore.api.option.Nearest;
import org.encore.api.option.OptionDocs;
import org.encore.api.option.Problems;
import org.encore.api.task.Task;
import org.encore.experiment.file.CommandSetting;
import org.encore.experiment.file.SourceFile;
import org.encore.experiment.matrix.Axis;
import org.encore.experiment.matrix.AxisReader;
import org.encore.experiment.matrix.Bindings;
import org.encore.experiment.matrix.CellSpec;
import org.encore.experiment.matrix.Combination;
import org.encore.experiment.matrix.Expansion;
import org.encore.experiment.yaml.YamlReader;

/** Reads experiment files. Every mistake in a file is told at once, with its place, what was expected and the nearest valid name. */
public final class ExperimentReader {

    /** Names of the entries that are not ids of stages. */
    public static final List<String> ENTRIES;

    static {
        var entries = new ArrayList<>(OptionDocs.names(Header.class));
        entries.addAll(OptionDocs.names(Sections.class));
        ENTRIES = List.copyOf(entries);
    }

    /** What may be tuned: what the trials of a variant have apart must not change its data. */
    private static final Set<String> TUNED = new java.util.TreeSet<>(List.of("train", "variants"));

    private final Registry registry;
    private final Problems problems = new Problems();
    private final boolean verifies;
    private final Consumer<Choice<Task<?>>> early;

    /**
     * @param verifies whether what options name has to be there
     * @param early is told the task of the first model as soon as it is known
     */
    private ExperimentReader(Registry registry, boolean verifies, Consumer<Choice<Task<?>>> early) {
        this.registry = registry;
        this.verifies = verifies;
        this.early = early;
    }

    /**
     * Reads and checks an experiment.
     *
     * @throws Problems.InvalidConfiguration with everything that is wrong with it
     */
    public static Experiment read(Path file, Registry registry) {
        return read(file, YamlReader.text(file), List.of(), registry);
    }

    /**
     * As {@link #read(Path, Registry)}, of an experiment that has run: what its options name, such as the files of a teacher, may be gone by now.
     *
     * @throws Problems.InvalidConfiguration if it cannot be read here, because a plug-in is missing for instance
     */
    public static Experiment readFinished(Path file, Registry registry) {
        return new ExperimentReader(registry, false, task -> { }).whole(file, YamlReader.text(file), List.of());
    }

    /**
     * As {@link #read(Path, Registry)}, of a text that is not in its file yet, and with options set from outside.
     *
     * @param settings such as {@code train.tokens=1M}
     */
    public static Experiment read(Path file, String text, List<String> settings, Registry registry) {
        return read(file, text, settings, registry, task -> { });
    }

    /**
     * As {@link #read(Path, String, List, Registry)}, for who will need the data.
     *
     * @param early is told the task of the first model while the rest is still read, if nothing was found wrong so far: its data can be loaded meanwhile
     */
    public static Experiment read(Path file, String text, List<String> settings, Registry registry, Consumer<Choice<Task<?>>> early) {
        return new ExperimentReader(registry, true, early).whole(file, text, settings);
    }

    private Experiment whole(Path file, String text, List<String> settings) {
        Optional<Experiment> experiment = SourceFile.read(file, text, registry, problems).map(root -> CommandSetting.apply(root, settings, registry, problems))
                .flatMap(root -> experiment(file, text, root));
        problems.throwIfAny();
        return experiment.orElseThrow();
    }

    /** As {@link #read(Path, String, List, Registry)}, with what the entry {@code quick} changes. */
    public static Experiment readQuick(Path file, String text, List<String> settings, Registry registry) {
        var reader = new ExperimentReader(registry, true, task -> { });
        Optional<Experiment> experiment = SourceFile.read(file, text, registry, reader.problems).map(root -> SourceFile.quick(root, registry))
                .map(root -> CommandSetting.apply(root, settings, registry, reader.problems)).flatMap(root -> reader.experiment(file, text, root));
        reader.problems.throwIfAny();
        return experiment.orElseThrow();
    }

    private Optional<Experiment> experiment(Path file, String text, Mapping root) {
        List<String> stageIds = registry.list(ExtensionPoint.STAGES).stream().map(Contribution::id).toList();
        unknown(root, stageIds);
        var bindings = verifies ? Bindings.verifying(root, registry, problems) : new Bindings(root, registry, problems);
        var rules = new Rules(root, registry, problems, bindings);
        rules.names();
        var own = OptionDocs.names(Header.class);
        Mapping ofHeader = new Mapping(root.entries().stream().filter(e -> own.contains(e.key().text())).toList(), root.at());
        Optional<Header> header = new Binder(registry, problems).bind(Header.class, ofHeader, root.at());
        List<String> stages = header.map(Header::stages).orElse(stageIds);
        var axisReader = new AxisReader(sections(stages), problems);
        List<Axis> axes = header.map(h -> axisReader.read(h.matrix())).orElse(List.of());
        List<Axis> tuning = header.flatMap(Header::tune).map(tune -> new AxisReader(TUNED, problems).read(tune.over())).orElse(List.of());
        rules.sizes(axes, header.map(h -> h.seeds().size()).orElse(1));
        if (!problems.isEmpty()) {
            axes = List.of(); // what the file itself says is still bound, so that its mistakes are told too
        } else {
            bindings.sections(Combination.first(axes).settings()).ifPresent(first -> early.accept(first.task()));
        }
        List<CellSpec> cells = new Expansion(root, stages, bindings, problems).cells(axes, header.map(Header::seeds).orElse(List.of(1L)), Map.of());
        header.ifPresent(h -> rules.check(h, cells));
        List<Axis> found = axes;
        return problems.isEmpty() ? header.map(h -> new Experiment(file, text, root, h, found, tuning, Resolved.of(root, h, registry), cells))
                : Optional.empty();
    }

    private static Set<String> sections(List<String> stages) {
        var sections = new LinkedHashSet<>(Bindings.SECTIONS);
        sections.addAll(stages);
        return sections;
    }

    private void unknown(Mapping root, List<String> stageIds) {
        var valid = new ArrayList<>(ENTRIES);
        valid.add("extends");
        valid.addAll(stageIds);
        var known = new HashSet<>(valid);
        for (Entry entry : root.entries()) {
            if (!known.contains(entry.key().text())) {
                problems.add(entry.key().at(), "no '" + entry.key().text() + "' in an experiment. " + Nearest.suggestion(entry.key().text(), valid));
            }
        }
    }
}
