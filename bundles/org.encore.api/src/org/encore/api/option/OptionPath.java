package org.encore.api.option;

import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.encore.api.extension.Contribution;
import org.encore.api.extension.Registry;
import org.encore.api.option.ConfigNode.Entry;
import org.encore.api.option.ConfigNode.Mapping;
import org.encore.api.option.ConfigNode.Position;
import org.encore.api.option.ConfigNode.Scalar;
import org.jspecify.annotations.Nullable;

/**
 * One option inside a configuration, named from the top: {@code train.optimizer.beta2}. The id of a choice may be left out
 * ({@code benchmark.backend.threads} is an option of whatever backend is chosen), and {@code *} stands for every entry
 * ({@code variants.*.block.dropout}).
 *
 * @param segments names from the outside in; at least one
 * @param at where the path is written
 */
public record OptionPath(List<String> segments, Position at) {

    private static final String EVERY = "*";
    private static final String PRESET = "preset";

    public OptionPath {
        segments = List.copyOf(segments);
    }

    /**
     * Reads a path.
     *
     * @throws IllegalArgumentException if a name is empty
     */
    public static OptionPath parse(String text, Position at) {
        List<String> segments = Arrays.asList(text.split("\\.", -1));
        if (segments.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("'" + text + "' is no path of an option; write it like train.learningRate");
        }
        return new OptionPath(segments, at);
    }

    /** The first name: the section that the option belongs to. */
    public String section() {
        return segments.getFirst();
    }

    @Override
    public String toString() {
        return String.join(".", segments);
    }

    /**
     * A section with the option set; what the path passes on its way and is not there yet is made, from defaults where the types have them.
     *
     * @param node the section as it is; null if the file leaves it out
     * @param type of the section, such as an options record
     * @param problems where a path that leads nowhere is told
     */
    public ConfigNode put(@Nullable ConfigNode node, Type type, ConfigNode value, Registry registry, Problems problems) {
        return new Descent(value, registry, problems).put(node, type, "", 1);
    }

    private final class Descent {

        private final ConfigNode value;
        private final Registry registry;
        private final Problems problems;

        Descent(ConfigNode value, Registry registry, Problems problems) {
            this.value = value;
            this.registry = registry;
            this.problems = problems;
        }

        ConfigNode put(@Nullable ConfigNode node, Type type, String standard, int depth) {
            Class<?> raw = Types.raw(type);
            if (depth == segments.size()) {
                return value;
            }
            if (raw == Optional.class) {
                return put(node, Types.argument(type, 0), standard, depth);
            }
            if (raw == Map.class) {
                return entries(node, Types.argument(type, 1), depth);
            }
            if (raw == Choice.class) {
                return choice(node, named(node, standard), Types.raw(Types.argument(type, 0)), depth);
            }
            if (raw == ConfigNode.class) {
                return nowhere(node, "'" + segments.get(depth - 1) + "' is set as a whole");
            }
            if (raw.isSealed()) {
                return variant(node, named(node, standard), raw, depth);
            }
            if (raw.isRecord()) {
                return component(node, raw, depth, false);
            }
            return nowhere(node, "'" + segments.get(depth - 1) + "' is a single value and has no '" + segments.get(depth) + "'");
        }

        private @Nullable Named named(@Nullable ConfigNode node, String standard) {
            boolean absent = node == null || node instanceof Scalar scalar && scalar.text().isBlank();
            return Named.of(absent && !standard.isEmpty() ? new Scalar(standard, at) : node);
        }

        private ConfigNode component(@Nullable ConfigNode node, Class<?> record, int depth, boolean presets) {
            String name = segments.get(depth);
            if (presets && name.equals(PRESET) && depth == segments.size() - 1) {
                return with(node, name, value);
            }
            for (RecordComponent component : Components.of(record)) {
                if (component.getName().equals(name)) {
                    Option option = component.getAnnotation(Option.class);
                    ConfigNode before = child(node, name);
                    return with(node, name, put(before, component.getGenericType(), option == null ? "" : option.value(), depth + 1));
                }
            }
            return nowhere(node, "no option '" + name + "' there. " + Nearest.suggestion(name, OptionDocs.names(record)));
        }

        private ConfigNode choice(@Nullable ConfigNode node, @Nullable Named chosen, Class<?> type, int depth) {
            if (chosen == null) {
                return nowhere(node, "nothing is chosen at '" + segments.get(depth - 1) + "' yet, so it has no options to set");
            }
            Configurable<?> extension;
            try {
                extension = registry.find(Types.point(type), chosen.id()).get();
            } catch (IllegalArgumentException | Contribution.BrokenContribution e) {
                return nowhere(node, String.valueOf(e.getMessage()));
            }
            return inside(chosen, extension.optionsType(), depth, true);
        }

        private ConfigNode variant(@Nullable ConfigNode node, @Nullable Named chosen, Class<?> sealed, int depth) {
            int index = chosen == null ? -1 : Types.variants(sealed).indexOf(chosen.id());
            return index < 0 ? nowhere(node, "'" + segments.get(depth - 1) + "' must be one of " + Types.variants(sealed) + " before it has options to set")
                    : inside(chosen, sealed.getPermittedSubclasses()[index], depth, false);
        }

        /** The path may name the choice or leave it out. */
        private ConfigNode inside(Named chosen, Class<?> options, int depth, boolean presets) {
            int next = segments.get(depth).equals(chosen.id()) ? depth + 1 : depth;
            ConfigNode changed = next == segments.size() ? value : component(chosen.options(), options, next, presets);
            return new Mapping(List.of(new Entry(new Scalar(chosen.id(), chosen.at()), changed)), chosen.at());
        }

        private ConfigNode entries(@Nullable ConfigNode node, Type type, int depth) {
            String name = segments.get(depth);
            List<Entry> all = node instanceof Mapping mapping ? mapping.entries() : List.of();
            if (!name.equals(EVERY)) {
                return all.stream().anyMatch(e -> e.key().text().equals(name)) ? with(node, name, put(child(node, name), type, "", depth + 1))
                        : nowhere(node, "there is no '" + name + "'. " + Nearest.suggestion(name, all.stream().map(e -> e.key().text()).toList()));
            }
            var changed = new ArrayList<Entry>();
            all.forEach(e -> changed.add(new Entry(e.key(), put(e.value(), type, "", depth + 1))));
            return new Mapping(changed, node == null ? at : node.at());
        }

        private ConfigNode nowhere(@Nullable ConfigNode node, String why) {
            problems.add(at, "'" + OptionPath.this + "': " + why);
            return node == null ? new Mapping(List.of(), at) : node;
        }
    }

    private static @Nullable ConfigNode child(@Nullable ConfigNode node, String name) {
        return node instanceof Mapping mapping && mapping.entry(name) != null ? mapping.entry(name).value() : null;
    }

    private ConfigNode with(@Nullable ConfigNode node, String name, ConfigNode child) {
        Mapping mapping = node instanceof Mapping m ? m : new Mapping(List.of(), at);
        return mapping.with(new Entry(new Scalar(name, at), child));
    }
}
