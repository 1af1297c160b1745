package org.encore.experiment;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import org.encore.api.extension.Registry;
import org.encore.api.option.ConfigNode.Entry;
import org.encore.api.option.ConfigNode.Mapping;
import org.encore.api.option.OptionDocs;
import org.encore.api.option.Problems;
import org.encore.experiment.matrix.Bindings;

/**
 * An experiment as plain values: joined with what it extends and what the command line set, every default filled in. What only axes make complete stays as
 * it is written.
 */
final class Resolved {

    private Resolved() {}

    @SuppressWarnings("unchecked")
    static Map<String, Object> of(Mapping root, Header header, Registry registry) {
        var plain = new LinkedHashMap<>((Map<String, Object>) OptionDocs.plain(header));
        var bindings = new Bindings(root, registry, new Problems());
        Optional<Sections> sections = bindings.sections();
        for (String name : Bindings.SECTIONS) {
            as(root, name).ifPresent(value -> plain.put(name, value));
        }
        sections.ifPresent(bound -> plain.putAll((Map<String, Object>) OptionDocs.plain(bound)));
        // the stages 'tokenizer' and 'tune' have no options: what stands under their names is a section of its own
        for (String id : header.stages().stream().filter(stage -> !plain.containsKey(stage)).toList()) {
            as(root, id).ifPresent(value -> plain.put(id, value));
            bindings.stage(id).filter(stage -> stage.options().getClass().getRecordComponents().length > 0)
                    .ifPresent(stage -> plain.put(id, OptionDocs.plain(stage.options())));
        }
        return plain;
    }

    private static Optional<Object> as(Mapping root, String name) {
        Entry entry = root.entry(name);
        return entry == null ? Optional.empty() : Optional.of(OptionDocs.plain(entry.value()));
    }
}
