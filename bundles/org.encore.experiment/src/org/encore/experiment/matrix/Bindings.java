package org.encore.experiment.matrix;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.encore.api.extension.Contribution;
import org.encore.api.extension.ExtensionPoint;
import org.encore.api.extension.Registry;
import org.encore.api.option.Binder;
import org.encore.api.option.Choice;
import org.encore.api.option.ConfigNode;
import org.encore.api.option.ConfigNode.Entry;
import org.encore.api.option.ConfigNode.Mapping;
import org.encore.api.option.ConfigNode.Position;
import org.encore.api.option.OptionDocs;
import org.encore.api.option.OptionPath;
import org.encore.api.option.Problems;
import org.encore.api.option.WrongOption;
import org.encore.api.run.Stage;
import org.encore.experiment.Header;
import org.encore.experiment.Sections;

/** Options of models under settings. What an axis does not touch is bound once, so that ten thousand models cost no more than their differences. */
public final class Bindings {

    /** Names of the entries that differ from model to model, beside the ids of stages. */
    public static final Set<String> SECTIONS = Collections.unmodifiableSet(new LinkedHashSet<>(OptionDocs.names(Sections.class)));

    private static final Set<String> HEADER = Set.copyOf(OptionDocs.names(Header.class));

    private final Mapping root;
    private final Registry registry;
    private final Problems problems;
    private final Binder binder;
    private final Map<List<Setting>, Optional<Sections>> sections = new HashMap<>();
    private final Map<String, Map<List<Setting>, Optional<Choice<Stage<?>>>>> stages = new HashMap<>();
    /** The options of each stage that was bound, as they are written, settings among them. */
    private final Map<Choice<Stage<?>>, ConfigNode> written = new IdentityHashMap<>();

    public Bindings(Mapping root, Registry registry, Problems problems) {
        this(root, registry, problems, new Binder(registry, problems));
    }

    private Bindings(Mapping root, Registry registry, Problems problems, Binder binder) {
        this.root = root;
        this.registry = registry;
        this.problems = problems;
        this.binder = binder;
    }

    /** Of an experiment that is about to run: what its options name has to be there, as {@link Binder#verifying} has it. */
    public static Bindings verifying(Mapping root, Registry registry, Problems problems) {
        return new Bindings(root, registry, problems, Binder.verifying(registry, problems));
    }

    /** Task, tokenizer, match and variants as the file gives them; empty if axes must complete them. */
    public Optional<Sections> sections() {
        return sections(List.of());
    }

    /** A stage with its options as the file gives them; empty if axes must complete them. */
    public Optional<Choice<Stage<?>>> stage(String id) {
        return stage(id, List.of());
    }

    /**
     * Where a stage's options are written, or of several that do not fit the one that is wrong.
     *
     * @param otherwise if they are written nowhere
     */
    public Position at(Choice<Stage<?>> stage, IllegalArgumentException wrong, Position otherwise) {
        ConfigNode node = written.get(stage);
        return node != null && wrong instanceof WrongOption option ? option.in(node, otherwise) : otherwise;
    }

    /** Task, tokenizer, match and variants; empty if something is wrong, which is told. */
    public Optional<Sections> sections(List<Setting> settings) {
        return sections.computeIfAbsent(settings.stream().filter(s -> SECTIONS.contains(s.path().section())).toList(), this::bindSections);
    }

    private Optional<Sections> bindSections(List<Setting> settings) {
        Mapping mapping = new Mapping(root.entries().stream().filter(entry -> SECTIONS.contains(entry.key().text())).toList(), root.at());
        for (Setting setting : settings) {
            RecordComponent component = Arrays.stream(Sections.class.getRecordComponents()).filter(c -> c.getName().equals(setting.path().section()))
                    .findFirst().orElseThrow();
            Entry before = mapping.entry(component.getName());
            ConfigNode changed = setting.path().put(before == null ? null : before.value(), component.getGenericType(), setting.value(), registry, problems);
            mapping = mapping.with(before == null ? entry(setting, changed) : new Entry(before.key(), changed));
        }
        return binder.bind(Sections.class, mapping, mapping.at());
    }

    private static Entry entry(Setting setting, ConfigNode value) {
        OptionPath path = setting.path();
        return new Entry(new ConfigNode.Scalar(path.section(), path.at()), value);
    }

    /** A stage with its options; empty if something is wrong, which is told. */
    Optional<Choice<Stage<?>>> stage(String id, List<Setting> settings) {
        return stages.computeIfAbsent(id, i -> new HashMap<>())
                .computeIfAbsent(settings.stream().filter(s -> s.path().section().equals(id)).toList(), own -> bindStage(id, own));
    }

    private Optional<Choice<Stage<?>>> bindStage(String id, List<Setting> settings) {
        // 'tokenizer' and 'tune' are sections of their own; the stages of these names have no options
        Entry given = SECTIONS.contains(id) || HEADER.contains(id) ? null : root.entry(id);
        Position at = given != null ? given.key().at() : root.entry("stages") != null ? root.entry("stages").value().at() : root.at();
        try {
            Stage<?> stage = registry.find(ExtensionPoint.STAGES, id).get();
            ConfigNode node = given == null ? null : given.value();
            for (Setting setting : settings) {
                node = setting.path().put(node, stage.optionsType(), setting.value(), registry, problems);
            }
            Optional<Choice<Stage<?>>> bound = binder.options(stage, node, at).map(options -> new Choice<>(id, stage, options));
            if (bound.isPresent() && node != null) {
                written.put(bound.get(), node);
            }
            return bound;
        } catch (IllegalArgumentException | Contribution.BrokenContribution e) {
            problems.add(at, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }
}
