package org.encore.experiment.benchmark;

import java.util.LinkedHashMap;
import java.util.Map;

import org.encore.api.option.Choice;
import org.encore.api.option.OptionDocs;
import org.encore.cost.Scenario;

/**
 * Under what conditions a backend generates, by the names of its options: whoever writes a backend with the same options is understood in the same
 * way.
 *
 * @param options name to value, those of nested options with dots between
 */
public record Conditions(Map<String, String> options) {

    public Conditions {
        options = Map.copyOf(options);
    }

    /** Those of a chosen backend. */
    public static Conditions of(Choice<?> backend) {
        var options = new LinkedHashMap<String, String>();
        Object plain = OptionDocs.plain(backend);
        if (plain instanceof Map<?, ?> chosen && chosen.values().iterator().next() instanceof Map<?, ?> own) {
            flatten("", own, options);
        }
        return new Conditions(options);
    }

    private static void flatten(String before, Map<?, ?> plain, Map<String, String> options) {
        plain.forEach((name, value) -> {
            if (value instanceof Map<?, ?> nested) {
                if (nested.size() == 1) {
                    options.put(before + name, String.valueOf(nested.keySet().iterator().next()));   // what was chosen, and then its options
                }
                flatten(before + name + ".", nested, options);
            } else {
                options.put(before + name, String.valueOf(value));
            }
        });
    }

    /** How the runtime goes about generation: {@code cache} none, copied or shared; {@code logits} all or last; {@code shapes} padded or dynamic. */
    public Scenario scenario() {
        Scenario.Cache cache = switch (options.getOrDefault("cache", "shared")) {
            case "none" -> Scenario.Cache.NONE;
            case "copied" -> Scenario.Cache.COPIED;
            default -> Scenario.Cache.SHARED;
        };
        return new Scenario(cache, options.getOrDefault("logits", "last").equals("all"), options.getOrDefault("shapes", "dynamic").equals("padded"));
    }
}
