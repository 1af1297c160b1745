package org.encore.api.option;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.encore.api.option.ConfigNode.Position;
import org.encore.api.option.ConfigNode.Scalar;
import org.encore.api.option.ConfigNode.Sequence;
import org.jspecify.annotations.Nullable;

/** Option records described: for help, for completion, and written back as plain values. */
public final class OptionDocs {

    /** What is there if nothing is written: empty. */
    private static final Set<Class<?>> MAY_BE_ABSENT = Set.of(Optional.class, List.class, Map.class, ConfigNode.class);

    private OptionDocs() {}

    /**
     * One option.
     *
     * @param name as in YAML; dotted if it lies inside another mapping
     * @param takes what values it takes
     * @param standard default, empty if there is none
     * @param required whether it must be given
     * @param unit of a number, or empty
     * @param help one sentence
     */
    public record Line(String name, String takes, String standard, boolean required, String unit, String help) {}

    /** All options of a record, nested ones dotted. */
    public static List<Line> of(Class<? extends Record> type) {
        var lines = new ArrayList<Line>();
        collect(type, "", lines);
        return lines;
    }

    private static void collect(Class<?> type, String prefix, List<Line> lines) {
        for (RecordComponent component : Components.of(type)) {
            Option option = component.getAnnotation(Option.class);
            boolean nested = component.getType().isRecord() && component.getType() != Choice.class;
            if (nested && (option == null || option.value().isEmpty())) {
                collect(component.getType(), prefix + component.getName() + ".", lines);
            } else {
                boolean standard = option != null && !option.value().isEmpty();
                lines.add(new Line(prefix + component.getName(), takes(component.getGenericType()), standard ? option.value() : "",
                        !standard && !MAY_BE_ABSENT.contains(component.getType()), option == null ? "" : option.unit(),
                        option == null ? "" : option.help()));
                section(component).ifPresent(inside -> collect(inside, prefix + component.getName() + ".", lines));
            }
        }
    }

    /** The record of a mapping that may be left out as a whole. */
    private static Optional<Class<?>> section(RecordComponent component) {
        if (component.getType() != Optional.class) {
            return Optional.empty();
        }
        Class<?> inside = Types.raw(Types.argument(component.getGenericType(), 0));
        return inside.isRecord() && inside != Choice.class ? Optional.of(inside) : Optional.empty();
    }

    private static String takes(Type type) {
        Class<?> raw = Types.raw(type);
        if (raw == Optional.class) {
            return takes(Types.argument(type, 0));
        }
        if (raw == List.class) {
            return "list, each " + takes(Types.argument(type, 0));
        }
        if (raw == Choice.class) {
            return "id of a " + Scalars.kebab(Types.raw(Types.argument(type, 0)).getSimpleName());
        }
        return raw.isSealed() && raw != ConfigNode.class ? String.join(" | ", Types.variants(raw)) : Scalars.expected(raw);
    }

    /** Names of a record's options. */
    public static List<String> names(Class<?> type) {
        return Components.of(type).stream().map(RecordComponent::getName).toList();
    }

    /** Constants of an enumeration as one writes them: {@code bf16}. */
    public static List<String> constants(Class<?> enumeration) {
        return Scalars.names(enumeration);
    }

    /** Records of a sealed interface as one writes them: {@code gated}. */
    public static List<String> variants(Class<?> sealed) {
        return Types.variants(sealed);
    }

    static ConfigNode defaultNode(String text) {
        if (!text.startsWith("[")) {
            return new Scalar(text, Position.NOWHERE);
        }
        String body = text.substring(1, text.length() - 1).strip();
        List<ConfigNode> items = body.isEmpty() ? List.of()
                : Arrays.stream(body.split(",")).<ConfigNode>map(item -> new Scalar(item.strip(), Position.NOWHERE)).toList();
        return new Sequence(items, Position.NOWHERE);
    }

    static Object value(RecordComponent component, Record record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("record " + record.getClass().getName() + " cannot be read; make it public", e);
        }
    }

    /** The values of a record's components. */
    public static List<Object> components(Record record) {
        return Components.of(record.getClass()).stream().map(component -> value(component, record)).toList();
    }

    /**
     * A record as plain values (maps, lists, text, numbers), all defaults filled in: what {@code resolved.yaml} holds and what a stage's key is
     * made from.
     */
    public static Object plain(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case Choice<?> choice -> Components.of(choice.options().getClass()).isEmpty() ? choice.id()
                    : Map.of(choice.id(), plain(choice.options()));
            case ConfigNode node -> node(node);
            case Optional<?> optional -> optional.map(OptionDocs::plain).orElse("");
            case List<?> list -> list.stream().map(OptionDocs::plain).toList();
            case Map<?, ?> map -> {
                var plain = new LinkedHashMap<String, Object>();
                map.forEach((name, item) -> plain.put(String.valueOf(name), plain(item)));
                yield plain;
            }
            case Record record -> record(record);
            case Boolean truth -> truth;
            case Number number -> number instanceof Double d && d == Math.rint(d) && Math.abs(d) < 1e15 ? (Object) d.longValue() : number;
            default -> Scalars.write(value);
        };
    }

    private static Object node(ConfigNode node) {
        return switch (node) {
            case Scalar scalar -> scalar.text();
            case Sequence list -> list.items().stream().map(OptionDocs::node).toList();
            case ConfigNode.Mapping mapping -> {
                var plain = new LinkedHashMap<String, Object>();
                mapping.entries().forEach(entry -> plain.put(entry.key().text(), node(entry.value())));
                yield plain;
            }
        };
    }

    private static Object record(Record record) {
        var plain = new LinkedHashMap<String, Object>();
        for (RecordComponent component : Components.of(record.getClass())) {
            Object value = value(component, record);
            if (!(value instanceof Optional<?> optional) || optional.isPresent()) {
                plain.put(component.getName(), plain(value));
            }
        }
        Class<?> sealed = Arrays.stream(record.getClass().getInterfaces()).filter(Class::isSealed).findFirst().orElse(null);
        if (sealed == null) {
            return plain;
        }
        String name = Scalars.kebab(record.getClass().getSimpleName());
        return plain.isEmpty() ? name : Map.of(name, plain);
    }
}
