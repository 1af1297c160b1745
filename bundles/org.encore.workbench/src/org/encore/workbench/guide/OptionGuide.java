package org.encore.workbench.guide;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.encore.api.extension.Registry;
import org.encore.experiment.schema.JsonSchema;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

/**
 * What may stand at a place of an experiment, and what it means: read from the schema that {@code encore schema} prints, so that it knows what
 * plug-ins
 * contribute, and says what the command says.
 */
public final class OptionGuide {

    private final JsonObject schema;

    public OptionGuide(Registry registry) {
        schema = JsonParser.parseString(JsonSchema.of(registry)).getAsJsonObject();
    }

    /**
     * Something that may be written.
     *
     * @param name of an entry, or a value
     * @param help what it is; may be empty
     * @param entry whether a colon follows
     */
    public record Offer(String name, String help, boolean entry) {}

    /** What may be written at a place, whatever of it is there. */
    public List<Offer> offers(YamlPlace place) {
        var offers = new LinkedHashMap<String, Offer>();
        for (JsonObject node : at(place.path())) {
            if (!place.value()) {
                entries(node).forEach((name, of) -> offers.putIfAbsent(name, new Offer(name, help(of), true)));
            }
            values(node).forEach(value -> offers.putIfAbsent(value, new Offer(value, helpOfChoice(node, value, place), false)));
        }
        return new ArrayList<>(offers.values());
    }

    /**
     * An option that may be set.
     *
     * @param name of the entry
     * @param help what it is; may be empty
     * @param standard what holds if it is not given; empty if nothing does
     * @param values to choose from; none if it takes any
     * @param section whether it holds further options, whatever its value
     */
    public record Field(String name, String help, String standard, List<Offer> values, boolean section) {}

    /** Options that may be set in the mapping at the end of a path, such as a stage's. */
    public List<Field> fields(List<String> path) {
        var fields = new LinkedHashMap<String, Field>();
        for (JsonObject node : at(path)) {
            entries(node).forEach((name, of) -> {
                var inside = new ArrayList<>(path);
                inside.add(name);
                List<Offer> values = offers(new YamlPlace(inside, "", true));
                boolean further = values.isEmpty() && at(inside).stream().anyMatch(next -> !entries(next).isEmpty());
                fields.putIfAbsent(name, new Field(name, help(of), of.has("default") ? of.get("default").getAsString() : "", values, further));
            });
        }
        return List.copyOf(fields.values());
    }

    /** What the entry at the end of a path is. */
    public Optional<String> help(List<String> path) {
        if (path.isEmpty()) {
            return Optional.empty();
        }
        return at(path.subList(0, path.size() - 1)).stream().flatMap(node -> Optional.ofNullable(entries(node).get(path.getLast())).stream())
                .map(OptionGuide::help).filter(text -> !text.isEmpty()).findFirst();
    }

    /** A name alone, of a choice, means what it means with options. */
    private String helpOfChoice(JsonObject node, String value, YamlPlace place) {
        return at(place.path()).stream().flatMap(other -> Optional.ofNullable(entries(other).get(value)).stream()).map(OptionGuide::help)
                .findFirst().orElse("");
    }

    private static String help(JsonObject of) {
        return of.has("description") ? of.get("description").getAsString() : "";
    }

    /** Everything that a path may lead to: alternatives side by side. */
    private List<JsonObject> at(List<String> path) {
        List<JsonObject> nodes = alternatives(schema);
        for (String name : path) {
            var next = new ArrayList<JsonObject>();
            for (JsonObject node : nodes) {
                step(node, name).ifPresent(inside -> next.addAll(alternatives(inside)));
            }
            nodes = next;
        }
        return nodes;
    }

    private static Optional<JsonObject> step(JsonObject node, String name) {
        if (name.equals("-")) {
            return object(node.get("items"));
        }
        JsonObject own = entries(node).get(name);
        return own != null ? Optional.of(own) : object(node.get("additionalProperties"));
    }

    private static Optional<JsonObject> object(@org.jspecify.annotations.Nullable JsonElement element) {
        return element != null && element.isJsonObject() ? Optional.of(element.getAsJsonObject()) : Optional.empty();
    }

    private static Map<String, JsonObject> entries(JsonObject node) {
        var entries = new LinkedHashMap<String, JsonObject>();
        object(node.get("properties")).ifPresent(all -> all.entrySet().forEach(e -> entries.put(e.getKey(), e.getValue().getAsJsonObject())));
        return entries;
    }

    private static List<String> values(JsonObject node) {
        var values = new ArrayList<String>();
        if (node.has("enum")) {
            node.getAsJsonArray("enum").forEach(value -> values.add(value.getAsString()));
        } else if (node.has("type") && node.get("type").isJsonPrimitive() && node.get("type").getAsString().equals("boolean")) {
            values.addAll(List.of("true", "false"));
        }
        return values;
    }

    private List<JsonObject> alternatives(JsonObject node) {
        if (node.has("$ref")) {
            String id = node.get("$ref").getAsString();
            return alternatives(schema.getAsJsonObject("$defs").getAsJsonObject(id.substring(id.lastIndexOf('/') + 1)));
        }
        if (node.has("anyOf")) {
            var all = new ArrayList<JsonObject>();
            node.getAsJsonArray("anyOf").forEach(one -> all.addAll(alternatives(one.getAsJsonObject())));
            return all;
        }
        return List.of(node);
    }
}
