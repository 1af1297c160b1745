package org.encore.experiment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import org.encore.api.architecture.Architecture;
import org.encore.api.extension.Contribution;
import org.encore.api.extension.ExtensionPoint;
import org.encore.api.extension.Registry;
import org.encore.api.option.Binder;
import org.encore.api.option.Choice;
import org.encore.api.option.ConfigNode;
import org.encore.api.option.ConfigNode.Entry;
import org.encore.api.option.ConfigNode.Mapping;
import org.encore.api.option.ConfigNode.Position;
import org.encore.api.option.Nearest;
import org.encore.api.option.Option;
import org.encore.api.option.OptionDocs;
import org.encore.api.option.Problems;
import org.encore.api.run.Stage;
import org.encore.api.task.Task;
import org.encore.experiment.match.Match;
import org.encore.experiment.yaml.YamlReader;

/** Reads experiment files. Every mistake in a file is told at once, with its place, what was expected and the nearest valid name. */
public final class ExperimentReader {

    private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private final Registry registry;
    private final Problems problems = new Problems();

    private ExperimentReader(Registry registry) {
        this.registry = registry;
    }

    /**
     * What stands beside the options of the stages, which have their stage's id as name.
     *
     * @param name of the experiment
     * @param task id and options of the task
     * @param match what all variants have equal
     * @param variants name to architecture
     * @param seeds of initialisation, data order and dropout
     * @param threads of numeric work
     * @param stages ids, in order
     */
    public record Header(
            @Option(help = "name of the experiment; run folders begin with it") String name,
            @Option(help = "what is learnt, such as g2p-cmudict") Choice<Task<?>> task,
            @Option(help = "what all variants have equal: widths are solved to within 1 % of it") Optional<Match> match,
            @Option(help = "what is compared: a name for each, and its architecture with options") Map<String, Choice<Architecture<?>>> variants,
            @Option(value = "[1]", help = "every variant is trained once with each seed") List<Long> seeds,
            @Option(value = "0", help = "threads of numeric work; 0 for one per core. Part of what results depend on") int threads,
            @Option(value = "[data, train, export, evaluate, benchmark, report]", help = "what is done, in this order") List<String> stages) {}

    /**
     * Reads and checks an experiment.
     *
     * @throws Problems.InvalidConfiguration with everything that is wrong with it
     */
    public static Experiment read(Path file, Registry registry) {
        return read(file, YamlReader.text(file), registry);
    }

    /** As {@link #read(Path, Registry)}, of a text that is not in its file yet. */
    public static Experiment read(Path file, String text, Registry registry) {
        var reader = new ExperimentReader(registry);
        Optional<Experiment> experiment = YamlReader.read(file.toString(), text, reader.problems).flatMap(root -> reader.experiment(file, text, root));
        reader.problems.throwIfAny();
        return experiment.orElseThrow();
    }

    private Optional<Experiment> experiment(Path file, String text, ConfigNode root) {
        if (!(root instanceof Mapping mapping)) {
            problems.add(root.at(), "expected an experiment with name, task and variants, not " + root.kind());
            return Optional.empty();
        }
        List<String> own = OptionDocs.names(Header.class);
        var ofHeader = new ArrayList<Entry>();
        var ofStages = new ArrayList<Entry>();
        for (Entry entry : mapping.entries()) {
            (own.contains(entry.key().text()) ? ofHeader : ofStages).add(entry);
        }
        var binder = new Binder(registry, problems);
        Optional<Header> header = binder.bind(Header.class, new Mapping(ofHeader, mapping.at()), mapping.at());
        var stageIds = registry.list(ExtensionPoint.STAGES).stream().map(Contribution::id).toList();
        for (Entry entry : ofStages) {
            if (!stageIds.contains(entry.key().text())) {
                var valid = new ArrayList<>(own);
                valid.addAll(stageIds);
                problems.add(entry.key().at(), "no '" + entry.key().text() + "' in an experiment. " + Nearest.suggestion(entry.key().text(), valid));
            }
        }
        List<Choice<Stage<?>>> stages = stages(header.map(Header::stages).orElse(stageIds), ofStages, mapping, binder);
        names(mapping);
        header.ifPresent(h -> check(h, mapping));
        return problems.isEmpty() ? header.map(h -> assemble(h, file, text, stages, mapping)) : Optional.empty();
    }

    private static Experiment assemble(Header header, Path file, String text, List<Choice<Stage<?>>> stages, Mapping mapping) {
        var variants = header.variants().entrySet().stream()
                .map(v -> new Experiment.VariantSpec(v.getKey(), v.getValue(), at(mapping, "variants", v.getKey()))).toList();
        int threads = header.threads() == 0 ? Runtime.getRuntime().availableProcessors() : header.threads();
        return new Experiment(header.name(), file, text, header.task(), header.match(), variants, header.seeds(), threads, stages);
    }

    private List<Choice<Stage<?>>> stages(List<String> ids, List<Entry> options, Mapping root, Binder binder) {
        var stages = new ArrayList<Choice<Stage<?>>>();
        for (String id : ids) {
            Entry given = options.stream().filter(e -> e.key().text().equals(id)).findFirst().orElse(null);
            try {
                Stage<?> stage = registry.find(ExtensionPoint.STAGES, id).get();
                binder.options(stage, given == null ? null : given.value(), given == null ? at(root, "stages", "") : given.key().at())
                        .ifPresent(bound -> stages.add(new Choice<>(id, stage, bound)));
            } catch (IllegalArgumentException | Contribution.BrokenContribution e) {
                problems.add(at(root, "stages", ""), String.valueOf(e.getMessage()));
            }
        }
        return stages;
    }

    private void check(Header header, Mapping root) {
        Position stages = at(root, "stages", "");
        var before = new HashSet<String>();
        for (String id : header.stages()) {
            if (!before.add(id)) {
                problems.add(stages, "stage '" + id + "' is named twice");
            }
            registry.list(ExtensionPoint.STAGES).stream().filter(c -> c.id().equals(id)).findFirst().ifPresent(c -> c.get().needs().stream()
                    .filter(need -> !before.contains(need))
                    .forEach(need -> problems.add(stages, "stage '" + id + "' needs stage '" + need + "' before it")));
        }
        if (header.variants().isEmpty()) {
            problems.add(at(root, "variants", ""), "no variants; name at least one, such as 'dec: {decoder-only: {preset: 1m}}'");
        }
        if (header.seeds().isEmpty() || header.seeds().size() != new HashSet<>(header.seeds()).size()) {
            problems.add(at(root, "seeds", ""), "give one seed at least, and none twice");
        }
        if (header.threads() < 0 || header.threads() > 1024) {
            problems.add(at(root, "threads", ""), "threads " + header.threads() + ": give 1 to 1024, or 0 for one per core");
        }
    }

    /** Names that become part of a path, whatever else is wrong with the file. */
    private void names(Mapping root) {
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

    /** Where an entry, or an entry inside it, stands. */
    private static Position at(Mapping root, String name, String inner) {
        Entry entry = root.entry(name);
        if (entry == null) {
            return root.at();
        }
        if (!inner.isEmpty() && entry.value() instanceof Mapping mapping && mapping.entry(inner) != null) {
            return mapping.entry(inner).key().at();
        }
        return entry.value().at();
    }
}
