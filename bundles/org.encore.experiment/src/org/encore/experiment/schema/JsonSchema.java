package org.encore.experiment.schema;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.encore.api.extension.Contribution;
import org.encore.api.extension.ExtensionPoint;
import org.encore.api.extension.Registry;
import org.encore.api.option.Choice;
import org.encore.api.option.ConfigNode;
import org.encore.api.option.Configurable;
import org.encore.api.option.Option;
import org.encore.api.option.OptionDocs;
import org.encore.experiment.Header;
import org.encore.experiment.Sections;

import com.google.gson.GsonBuilder;

/**
 * What may stand in an experiment file here, as JSON Schema (draft 2020-12), made from the same option records that the reader binds: an editor
 * completes
 * and checks with it, plug-ins included.
 */
public final class JsonSchema {

    private static final String REFERENCE = "$ref";

    private final Registry registry;
    private final Map<String, Object> definitions = new LinkedHashMap<>();

    private JsonSchema(Registry registry) {
        this.registry = registry;
    }

    /** The schema as text. */
    public static String of(Registry registry) {
        return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(new JsonSchema(registry).experiment());
    }

    private Map<String, Object> experiment() {
        var properties = new LinkedHashMap<String, Object>();
        properties.put("extends", described(Map.of("type", "string"), "a file whose entries hold where this one is silent"));
        properties.putAll(properties(Header.class));
        properties.putAll(properties(Sections.class));
        for (Contribution<?> stage : registry.list(ExtensionPoint.STAGES)) {
            extension(stage).ifPresent(configurable -> properties.putIfAbsent(stage.id(), described(options(configurable), stage.description())));
        }
        var schema = new LinkedHashMap<String, Object>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", "Encore experiment");
        schema.put("type", "object");
        schema.put("properties", properties);
        schema.put("additionalProperties", false);
        schema.put("$defs", definitions);
        return schema;
    }

    private Map<String, Object> properties(Class<?> record) {
        var properties = new LinkedHashMap<String, Object>();
        for (RecordComponent component : record.getRecordComponents()) {
            Option option = component.getAnnotation(Option.class);
            var described = new LinkedHashMap<>(type(component.getGenericType()));
            if (option != null) {
                described.put("description", option.help() + (option.unit().isEmpty() ? "" : " (" + option.unit() + ")")
                        + (option.value().isEmpty() ? "" : "; default " + option.value()));
                if (!option.value().isEmpty()) {
                    described.put("default", option.value());
                }
            }
            properties.put(component.getName(), described);
        }
        return properties;
    }

    private static Map<String, Object> described(Map<String, Object> schema, String description) {
        var described = new LinkedHashMap<>(schema);
        described.put("description", description);
        return described;
    }

    private Map<String, Object> type(Type type) {
        Class<?> raw = type instanceof ParameterizedType p ? (Class<?>) p.getRawType() : (Class<?>) type;
        if (raw == Optional.class) {
            return type(argument(type, 0));
        }
        if (raw == List.class) {
            Map<String, Object> item = type(argument(type, 0));
            return Map.of("anyOf", List.of(item, Map.of("type", "array", "items", item)));
        }
        if (raw == Map.class) {
            return Map.of("type", "object", "additionalProperties", type(argument(type, 1)));
        }
        if (raw == Choice.class) {
            return choice(argument(type, 0) instanceof ParameterizedType p ? (Class<?>) p.getRawType() : (Class<?>) argument(type, 0));
        }
        if (raw == ConfigNode.class) {
            return Map.of("type", "object");
        }
        if (raw.isSealed()) {
            return variants(raw);
        }
        if (raw.isRecord()) {
            return record(raw);
        }
        return scalar(raw);
    }

    private static Type argument(Type type, int index) {
        return ((ParameterizedType) type).getActualTypeArguments()[index];
    }

    /** Numbers may be written with k, M and G, which makes them text for an editor. */
    private static Map<String, Object> scalar(Class<?> type) {
        if (type.isEnum()) {
            return Map.of("enum", OptionDocs.constants(type));
        }
        if (type == boolean.class) {
            return Map.of("type", "boolean");
        }
        if (type == String.class || type == java.nio.file.Path.class) {
            return Map.of("type", "string");
        }
        return Map.of("type", List.of("number", "string"));
    }

    private Map<String, Object> record(Class<?> record) {
        return defined(record.getName(), () -> {
            var schema = new LinkedHashMap<String, Object>();
            schema.put("type", List.of("object", "null"));
            schema.put("properties", properties(record));
            schema.put("additionalProperties", false);
            return schema;
        });
    }

    private Map<String, Object> variants(Class<?> sealed) {
        return defined(sealed.getName(), () -> {
            var names = OptionDocs.variants(sealed);
            var properties = new LinkedHashMap<String, Object>();
            for (int i = 0; i < names.size(); i++) {
                properties.put(names.get(i), record(sealed.getPermittedSubclasses()[i]));
            }
            return oneOf(names, properties);
        });
    }

    private Map<String, Object> choice(Class<?> type) {
        ExtensionPoint<?> point = ExtensionPoint.ALL.stream().filter(p -> p.type() == type).findFirst().orElseThrow();
        return defined(point.kind(), () -> {
            var names = new ArrayList<String>();
            var properties = new LinkedHashMap<String, Object>();
            for (Contribution<?> contribution : registry.list(point)) {
                extension(contribution).ifPresent(configurable -> {
                    names.add(contribution.id());
                    properties.put(contribution.id(), described(options(configurable), contribution.description()));
                });
            }
            return oneOf(names, properties);
        });
    }

    /** A name alone, or one with options. */
    private static Map<String, Object> oneOf(List<String> names, Map<String, Object> properties) {
        return Map.of("anyOf", List.of(Map.of("enum", names),
                Map.of("type", "object", "properties", properties, "additionalProperties", false, "minProperties", 1, "maxProperties", 1)));
    }

    private Map<String, Object> options(Configurable<?> configurable) {
        if (configurable.presets().isEmpty()) {
            return record(configurable.optionsType());
        }
        return defined(configurable.optionsType().getName() + ".preset", () -> {
            var properties = properties(configurable.optionsType());
            properties.put("preset", Map.of("enum", List.copyOf(configurable.presets().keySet())));
            return Map.of("type", List.of("object", "null"), "properties", properties, "additionalProperties", false);
        });
    }

    /** A contribution that is broken is told elsewhere and cannot be chosen. */
    private static Optional<Configurable<?>> extension(Contribution<?> contribution) {
        try {
            return contribution.get() instanceof Configurable<?> configurable ? Optional.of(configurable) : Optional.empty();
        } catch (Contribution.BrokenContribution e) {
            return Optional.empty();
        }
    }

    private interface Definition {
        Map<String, Object> make();
    }

    /** Each is made once and referred to: options may contain choices of each other. */
    private Map<String, Object> defined(String name, Definition definition) {
        String id = Arrays.stream(name.split("[^A-Za-z0-9]+")).reduce((a, b) -> a + "-" + b).orElse(name);
        if (!definitions.containsKey(id)) {
            definitions.put(id, Map.of());
            definitions.put(id, definition.make());
        }
        return Map.of(REFERENCE, "#/$defs/" + id);
    }
}
