package org.encore.api.option;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import org.encore.api.Unavailable;
import org.encore.api.extension.Contribution;
import org.encore.api.extension.ExtensionPoint;
import org.encore.api.extension.Registry;
import org.encore.api.option.ConfigNode.Entry;
import org.encore.api.option.ConfigNode.Mapping;
import org.encore.api.option.ConfigNode.Position;
import org.encore.api.option.ConfigNode.Scalar;
import org.encore.api.option.ConfigNode.Sequence;
import org.jspecify.annotations.Nullable;

/**
 * Turns a configuration into option records. It never stops at the first mistake: every one is added to the problems with its place, what was
 * expected and the nearest valid name.
 */
public final class Binder {

    private static final String PRESET = "preset";
    private static final long LONGEST_RANGE = 10_000;

    private final Registry registry;
    private final Problems problems;
    private final boolean verifies;
    /** Values of defaults, each bound once: nothing changes them, and thousands of models share most of them. */
    private final Map<RecordComponent, Object> standards = new IdentityHashMap<>();

    public Binder(Registry registry, Problems problems) {
        this(registry, problems, false);
    }

    private Binder(Registry registry, Problems problems, boolean verifies) {
        this.registry = registry;
        this.problems = problems;
        this.verifies = verifies;
    }

    /**
     * One that also looks whether what chosen extensions name is there, as {@link Configurable#verify} does. For what is about to run, and not for what
     * has run: files that it was made of may be gone.
     *
     * @since 0.1.0
     */
    public static Binder verifying(Registry registry, Problems problems) {
        return new Binder(registry, problems, true);
    }

    /**
     * A record from a mapping; what the mapping leaves out has its default.
     *
     * @param node mapping, or null for defaults only
     * @param at where to report what is missing altogether
     * @return empty if something was wrong, which was then reported
     */
    public <R extends Record> Optional<R> bind(Class<R> type, @Nullable ConfigNode node, Position at) {
        return bind(type, node, at, null);
    }

    private <R extends Record> Optional<R> bind(Class<R> type, @Nullable ConfigNode node, Position at, @Nullable R base) {
        if (node != null && !(node instanceof Mapping) && !(node instanceof Scalar s && s.text().isEmpty())) {
            problems.add(node.at(), "expected a mapping of " + names(type) + ", not " + node.kind());
            return Optional.empty();
        }
        Mapping mapping = node instanceof Mapping m ? m : new Mapping(List.of(), at);
        List<RecordComponent> components = Components.of(type);
        int before = problems.count();
        for (Entry entry : mapping.entries()) {
            if (components.stream().noneMatch(c -> c.getName().equals(entry.key().text()))) {
                problems.add(entry.key().at(), "no option '" + entry.key().text() + "' here. " + Nearest.suggestion(entry.key().text(), names(type)));
            }
        }
        var values = new Object[components.size()];
        for (int i = 0; i < components.size(); i++) {
            Entry entry = mapping.entry(components.get(i).getName());
            values[i] = component(components.get(i), entry == null ? null : entry.value(), mapping.at(), base);
        }
        if (problems.count() > before || Arrays.stream(values).anyMatch(java.util.Objects::isNull)) {
            return Optional.empty();
        }
        return construct(type, values, mapping, mapping.at().equals(Position.NOWHERE) ? at : mapping.at());
    }

    private <R extends Record> Optional<R> construct(Class<R> type, Object[] values, Mapping written, Position at) {
        try {
            return Optional.of(Components.constructor(type).newInstance(values));
        } catch (InvocationTargetException e) {
            problems.add(e.getCause() instanceof WrongOption wrong ? wrong.in(written, at) : at, String.valueOf(e.getCause().getMessage()));
            return Optional.empty();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("record " + type.getName() + " cannot be constructed; make it public", e);
        }
    }

    private @Nullable Object component(RecordComponent component, @Nullable ConfigNode node, Position at, @Nullable Record base) {
        if (base != null) {
            Object value = OptionDocs.value(component, base);
            if (node == null) {
                return value;
            }
            if (value instanceof Record record && component.getType().isRecord() && component.getType() != Choice.class) {
                return nested(record, node, at);
            }
        }
        Option option = component.getAnnotation(Option.class);
        if (node == null && option != null && !option.value().isEmpty()) {
            return standard(component, option);
        }
        if (node == null && component.getType().isRecord() && component.getType() != Choice.class) {
            return value(component.getGenericType(), new Mapping(List.of(), at));
        }
        if (node == null && component.getType() == Optional.class) {
            return Optional.empty();
        }
        if (node == null && component.getType() == ConfigNode.class) {
            return new Mapping(List.of(), Position.NOWHERE);
        }
        if (node == null && (component.getType() == List.class || component.getType() == Map.class)) {
            return component.getType() == List.class ? List.of() : Map.of();
        }
        if (node == null) {
            problems.add(at, "'" + component.getName() + "' is missing" + (option == null ? "" : ": " + option.help()));
            return null;
        }
        return value(component.getGenericType(), node);
    }

    private @Nullable Object standard(RecordComponent component, Option option) {
        Object known = standards.get(component);
        if (known == null) {
            known = value(component.getGenericType(), OptionDocs.defaultNode(option.value()));
            if (known != null) {
                standards.put(component, known);
            }
        }
        return known;
    }

    private @Nullable <R extends Record> Object nested(R base, ConfigNode node, Position at) {
        @SuppressWarnings("unchecked")
        var type = (Class<R>) base.getClass();
        return bind(type, node, at, base).orElse(null);
    }

    private @Nullable Object value(Type type, ConfigNode node) {
        Class<?> raw = Types.raw(type);
        if (raw == ConfigNode.class) {
            return node;
        }
        if (raw == Choice.class) {
            return choice(Types.raw(Types.argument(type, 0)), node).orElse(null);
        }
        if (raw == Optional.class) {
            return Optional.ofNullable(value(Types.argument(type, 0), node));
        }
        if (raw == List.class) {
            return list(Types.argument(type, 0), node);
        }
        if (raw == Map.class) {
            return map(Types.argument(type, 1), node);
        }
        if (raw.isSealed()) {
            return variant(raw, node);
        }
        if (raw.isRecord()) {
            return bind(raw.asSubclass(Record.class), node, node.at()).orElse(null);
        }
        return scalar(raw, node);
    }

    private @Nullable Object scalar(Class<?> type, ConfigNode node) {
        if (!(node instanceof Scalar scalar)) {
            problems.add(node.at(), "expected a single value, not " + node.kind());
            return null;
        }
        try {
            return type == Path.class ? Scalars.path(scalar) : Scalars.parse(scalar.text(), type);
        } catch (IllegalArgumentException e) {
            problems.add(node.at(), e.getMessage());
            return null;
        }
    }

    private @Nullable Object list(Type item, ConfigNode node) {
        List<ConfigNode> items = (node instanceof Sequence sequence ? sequence.items() : List.of(node)).stream().flatMap(i -> ranged(item, i)).toList();
        var values = new ArrayList<Object>();
        for (ConfigNode next : items) {
            Object value = value(item, next);
            if (value != null) {
                values.add(value);
            }
        }
        return values.size() == items.size() ? List.copyOf(values) : null;
    }

    /** {@code 1..6} among whole numbers stands for all of them. */
    private Stream<ConfigNode> ranged(Type item, ConfigNode node) {
        if ((item == Long.class || item == Integer.class) && node instanceof Scalar scalar && scalar.text().matches("\\d{1,9}\\.\\.\\d{1,9}")) {
            String[] ends = scalar.text().split("\\.\\.");
            long from = Long.parseLong(ends[0]);
            long to = Long.parseLong(ends[1]);
            if (from > to || to - from >= LONGEST_RANGE) {
                problems.add(scalar.at(), "'" + scalar.text() + "': give a range of 1 to " + LONGEST_RANGE + " numbers, the smaller end first");
            }
            return LongStream.rangeClosed(from, Math.min(to, from + LONGEST_RANGE)).mapToObj(n -> new Scalar(Long.toString(n), scalar.at()));
        }
        return Stream.of(node);
    }

    private @Nullable Object map(Type value, ConfigNode node) {
        if (!(node instanceof Mapping mapping)) {
            problems.add(node.at(), "expected a mapping, not " + node.kind());
            return null;
        }
        var values = new LinkedHashMap<String, Object>();
        for (Entry entry : mapping.entries()) {
            Object bound = value(value, entry.value());
            if (bound != null) {
                values.put(entry.key().text(), bound);
            }
        }
        return values.size() == mapping.entries().size() ? java.util.Collections.unmodifiableMap(values) : null;
    }

    /** One of the records of a sealed interface: {@code gated} or {@code gated: {…}}. */
    private @Nullable Object variant(Class<?> sealed, ConfigNode node) {
        Named named = Named.of(node);
        List<String> names = Types.variants(sealed);
        int at = named == null ? -1 : names.indexOf(named.id());
        if (named == null || at < 0) {
            problems.add(node.at(), "expected one of the names, not " + node.kind() + ". " + Nearest.suggestion(named == null ? "" : named.id(), names));
            return null;
        }
        return bind(sealed.getPermittedSubclasses()[at].asSubclass(Record.class), named.options(), node.at()).orElse(null);
    }

    /**
     * An extension by id with its options: {@code linear} or {@code linear: {warmup: 0.1}}.
     *
     * @return empty if something was wrong, which was then reported
     */
    public <T extends Configurable<?>> Optional<Choice<T>> choice(ExtensionPoint<T> point, ConfigNode node) {
        Named named = Named.of(node);
        if (named == null) {
            problems.add(node.at(), "expected the id of a " + point.kind() + ", alone or with options as in 'id: {option: value}', not " + node.kind());
            return Optional.empty();
        }
        T extension;
        try {
            extension = registry.find(point, named.id()).get();
        } catch (IllegalArgumentException | Contribution.BrokenContribution e) {
            problems.add(named.at(), e.getMessage());
            return Optional.empty();
        }
        Configurable<?> configurable = extension;
        return options(configurable, named.options(), named.at()).filter(options -> !verifies || verified(configurable, options, named))
                .map(options -> new Choice<>(named.id(), extension, options));
    }

    private <O extends Record> boolean verified(Configurable<O> extension, Record options, Named named) {
        try {
            extension.verify(extension.optionsType().cast(options));
            return true;
        } catch (WrongOption e) {
            problems.add(e.in(named.options(), named.at()), e.getMessage());
        } catch (IllegalArgumentException | Unavailable e) {
            problems.add(named.at(), String.valueOf(e.getMessage()));
        }
        return false;
    }

    private Optional<?> choice(Class<?> type, ConfigNode node) {
        return choice(Types.point(type), node);
    }

    /** The options of an extension; {@code preset:} selects a starting point that the other entries change. */
    public <O extends Record> Optional<? extends Record> options(Configurable<O> extension, @Nullable ConfigNode node, Position at) {
        if (!(node instanceof Mapping mapping) || mapping.entry(PRESET) == null || OptionDocs.names(extension.optionsType()).contains(PRESET)) {
            return bind(extension.optionsType(), node, at);
        }
        ConfigNode chosen = mapping.entry(PRESET).value();
        Map<String, O> presets = extension.presets();
        O base = chosen instanceof Scalar scalar ? presets.get(scalar.text()) : null;
        if (base == null) {
            problems.add(chosen.at(), "no preset " + chosen.kind() + " here. " + Nearest.suggestion(chosen instanceof Scalar s ? s.text() : "", presets.keySet()));
            return Optional.empty();
        }
        return bind(extension.optionsType(), mapping.without(PRESET), at, base);
    }

    private static List<String> names(Class<?> type) {
        return OptionDocs.names(type);
    }
}
