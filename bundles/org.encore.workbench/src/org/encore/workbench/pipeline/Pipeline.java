package org.encore.workbench.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.encore.api.extension.Contribution;
import org.encore.api.extension.Contribution.BrokenContribution;
import org.encore.api.extension.ExtensionPoint;
import org.encore.api.extension.Registry;
import org.encore.api.option.Binder;
import org.encore.api.option.Choice;
import org.encore.api.option.ConfigNode.Entry;
import org.encore.api.option.ConfigNode.Mapping;
import org.encore.api.option.ConfigNode.Position;
import org.encore.api.option.OptionDocs;
import org.encore.api.option.Problems;
import org.encore.api.run.Stage;
import org.encore.api.run.Stage.Scope;
import org.encore.experiment.Header;
import org.encore.experiment.file.SourceFile;
import org.encore.experiment.matrix.Bindings;
import org.encore.experiment.yaml.YamlEdits;

/**
 * The stages of an experiment, in order, and what reads what. It holds as much as can be known of a text that is still being written.
 *
 * @param name of the experiment; empty if it has none yet
 * @param steps in order
 * @param links from what is read to what reads it
 */
public record Pipeline(String name, List<Step> steps, List<Link> links) {

    static final String STAGES = "stages";

    public Pipeline {
        steps = List.copyOf(steps);
        links = List.copyOf(links);
    }

    /**
     * A stage.
     *
     * @param id of the extension
     * @param name for people
     * @param description one sentence
     * @param each over what it runs once, in words
     * @param given options that the text gives, on one line
     * @param problem what is wrong with its place; empty if nothing is
     */
    public record Step(String id, String name, String description, String each, String given, String problem) {}

    /** What a link comes from: the stage cannot do without it, takes it if it is there, or waits for everything before it. */
    public enum Kind { NEEDS, USES, AFTER }

    /** @param shown whether it is drawn: one that follows from others is not */
    public record Link(String from, String to, Kind kind, boolean shown) {}

    /**
     * The pipeline of a text. It may read files that the text extends.
     *
     * @throws IllegalArgumentException if the text is not YAML; the message says where
     */
    static Pipeline of(Path file, String text, Registry registry) {
        var problems = new Problems();
        Optional<Mapping> root = SourceFile.read(file, text, registry, problems);
        if (root.isEmpty()) {
            throw new IllegalArgumentException(problems.all().isEmpty() ? "the text is not an experiment yet"
                    : "line " + problems.all().getFirst().at().line() + ": " + problems.all().getFirst().message());
        }
        return new Reading(root.get(), registry).pipeline(text);
    }

    /** What is done if an experiment does not say. */
    private static List<String> usual() {
        String standard = OptionDocs.of(Header.class).stream().filter(line -> line.name().equals(STAGES)).findFirst().orElseThrow().standard();
        return YamlEdits.list(STAGES + ": " + standard, List.of(STAGES)).orElseThrow();
    }

    Optional<Step> step(String id) {
        return steps.stream().filter(step -> step.id().equals(id)).findFirst();
    }

    /** What a stage reads, and what it waits for. */
    List<Link> into(String id) {
        return links.stream().filter(link -> link.to().equals(id)).toList();
    }

    /** Ids that a stage needs and that are in no pipeline before it: with what they need in turn, in an order that fits. */
    static List<String> missing(String id, List<String> there, Registry registry) {
        var missing = new LinkedHashSet<String>();
        collect(id, there, registry, missing, new LinkedHashSet<>());
        missing.remove(id);
        return List.copyOf(missing);
    }

    private static void collect(String id, List<String> there, Registry registry, Set<String> missing, Set<String> seen) {
        if (there.contains(id) || !seen.add(id)) {
            return;
        }
        stage(registry, id).ifPresent(stage -> needs(registry, stage).stream().filter(need -> there.stream().noneMatch(other -> stage(registry, other)
                .filter(o -> o.replaces().equals(need)).isPresent())).forEach(need -> collect(need, there, registry, missing, seen)));
        missing.add(id);
    }

    /** Where a stage fits among others: behind all that it reads, before all that read it; what looks at the whole run comes last. */
    static int place(String id, List<String> among, Registry registry) {
        Stage<?> stage = stage(registry, id).orElse(null);
        int after = 0;
        int before = among.size();
        for (int i = 0; i < among.size(); i++) {
            String other = among.get(i);
            Stage<?> there = stage(registry, other).orElse(null);
            if (stage != null && reads(registry, stage).contains(other) || stage != null && there != null && reads(registry, stage)
                    .contains(there.replaces())) {
                after = i + 1;
            }
            boolean waits = there != null && (reads(registry, there).contains(id) || stage != null && reads(registry, there)
                    .contains(stage.replaces())
                    || there.scope() == Scope.RUN && (stage == null || stage.scope() != Scope.RUN));
            if (waits && i < before) {
                before = i;
            }
        }
        return Math.max(after, before);
    }

    /** Whether a stage takes something from another where that stands before it. */
    static boolean mayRead(String reader, String from, Registry registry) {
        Stage<?> stage = stage(registry, reader).orElse(null);
        String replaced = stage(registry, from).map(Stage::replaces).orElse("");
        return stage != null && (stage.scope() == Scope.RUN || reads(registry, stage).contains(from) || !replaced.isEmpty() && reads(registry, stage)
                .contains(replaced));
    }

    static String readsInWords(String id, Registry registry) {
        List<String> reads = stage(registry, id).map(stage -> reads(registry, stage)).orElse(List.of());
        return reads.isEmpty() ? "no other stage" : String.join(", ", reads);
    }

    private static List<String> reads(Registry registry, Stage<?> stage) {
        return Stream.concat(needs(registry, stage).stream(), stage.uses().stream()).toList();
    }

    /** With the options that it has if none are given; where some must be given, what it needs at least. */
    private static <O extends Record> List<String> needs(Registry registry, Stage<O> stage) {
        return new Binder(registry, new Problems()).options(stage, null, Position.NOWHERE).map(options -> stage.needs(stage.optionsType()
                .cast(options)))
                .orElseGet(stage::needs);
    }

    private static Optional<Stage<?>> stage(Registry registry, String id) {
        try {
            return Optional.of(registry.find(ExtensionPoint.STAGES, id).get());
        } catch (IllegalArgumentException | BrokenContribution e) {
            return Optional.empty(); // told where it is drawn
        }
    }

    /** One text read once. */
    private static final class Reading {

        private final Mapping root;
        private final Registry registry;
        private final Bindings bindings;
        private final List<Step> steps = new ArrayList<>();
        private final List<Link> links = new ArrayList<>();
        /** Name of a result to the stage that gives it. */
        private final Map<String, String> givers = new HashMap<>();
        private final Map<String, Set<String>> behind = new HashMap<>();

        Reading(Mapping root, Registry registry) {
            this.root = root;
            this.registry = registry;
            this.bindings = new Bindings(root, registry, new Problems());
        }

        Pipeline pipeline(String text) {
            Entry name = root.entry("name");
            List<String> ids = root.entry(STAGES) == null ? usual() : texts(root.entry(STAGES));
            for (String id : ids) {
                if (steps.stream().noneMatch(step -> step.id().equals(id))) {
                    step(id, text, ids);
                }
            }
            return new Pipeline(name == null ? "" : String.valueOf(OptionDocs.plain(name.value())), steps, links);
        }

        private static List<String> texts(Entry entry) {
            return OptionDocs.plain(entry.value()) instanceof List<?> list ? list.stream().map(String::valueOf).toList()
                    : List.of(String.valueOf(OptionDocs.plain(entry.value())));
        }

        private void step(String id, String text, List<String> ids) {
            String given = YamlEdits.written(text, List.of(id)).map(Reading::oneLine).orElse("");
            try {
                Contribution<Stage<?>> contribution = registry.find(ExtensionPoint.STAGES, id);
                Stage<?> stage = contribution.get();
                String problem = stage.scope() == Scope.RUN ? after(id) : read(id, stage, ids);
                steps.add(new Step(id, contribution.name(), contribution.description(), each(stage.scope()), given, problem));
                givers.put(id, id);
                if (!stage.replaces().isEmpty()) {
                    givers.put(stage.replaces(), id);
                }
            } catch (IllegalArgumentException | BrokenContribution e) {
                steps.add(new Step(id, id, "", "", given, String.valueOf(e.getMessage())));
            }
        }

        private static String oneLine(String written) {
            String line = written.lines().map(part -> part.replaceAll("\\s+#.*", "").strip()).filter(part -> !part.startsWith("#") && !part.isEmpty())
                    .reduce((a, b) -> a + ", " + b).orElse("");
            return line.startsWith("{") && line.endsWith("}") ? line.substring(1, line.length() - 1) : line;
        }

        private static String each(Scope scope) {
            return switch (scope) {
                case CELL -> "once for each model";
                case GROUP -> "once for all models that share it";
                case RUN -> "once for the whole run";
            };
        }

        /** A stage over the whole run waits for all before it: drawn from those that nothing else waits for. */
        private String after(String id) {
            for (Step before : steps) {
                link(before.id(), id, Kind.AFTER, links.stream().noneMatch(link -> link.from().equals(before.id()) && link.shown()));
            }
            return "";
        }

        private String read(String id, Stage<?> stage, List<String> ids) {
            var missing = new ArrayList<String>();
            var reads = new LinkedHashMap<String, Kind>();
            for (String need : needs(id, stage)) {
                String giver = givers.get(need);
                if (giver == null) {
                    missing.add(need);
                } else {
                    reads.put(giver, Kind.NEEDS);
                }
            }
            stage.uses().stream().map(givers::get).filter(java.util.Objects::nonNull).forEach(giver -> reads.putIfAbsent(giver, Kind.USES));
            reads.forEach((from, kind) -> link(from, id, kind,
                    reads.keySet().stream().noneMatch(other -> !other.equals(from) && behind.getOrDefault(other, Set.of()).contains(from))));
            List<String> late = stage.uses().stream().filter(use -> !givers.containsKey(use) && ids.contains(use)).toList();
            return !missing.isEmpty() ? "needs " + String.join(", ", missing)
                    : late.isEmpty() ? "" : "reads " + String.join(", ", late) + ", which must stand before it";
        }

        /** As its options have it; where they cannot be read yet, what it needs at least. */
        private List<String> needs(String id, Stage<?> stage) {
            Optional<Choice<Stage<?>>> bound = bindings.stage(id);
            return bound.isPresent() ? needs(bound.get()) : stage.needs();
        }

        private static <O extends Record> List<String> needs(Choice<Stage<?>> choice) {
            @SuppressWarnings("unchecked")
            var stage = (Stage<O>) choice.extension();
            return stage.needs(stage.optionsType().cast(choice.options()));
        }

        private void link(String from, String to, Kind kind, boolean shown) {
            links.add(new Link(from, to, kind, shown));
            Set<String> all = behind.computeIfAbsent(to, t -> new LinkedHashSet<>());
            all.add(from);
            all.addAll(behind.getOrDefault(from, Set.of()));
        }
    }
}
