package org.encore.experiment.trust;

import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.encore.api.option.Choice;
import org.encore.api.option.Configurable;
import org.encore.api.option.Contact;
import org.encore.api.option.OptionDocs;
import org.encore.experiment.Experiment;
import org.encore.experiment.matrix.CellSpec;

/** Programs and addresses that an experiment would use. */
public final class Contacts {

    private final Set<Contact> found = new LinkedHashSet<>();
    private final Map<Object, Boolean> seen = new IdentityHashMap<>();

    private Contacts() {}

    /** Of everything that the experiment chooses, with the options that it gives. */
    public static List<Contact> of(Experiment experiment) {
        var contacts = new Contacts();
        contacts.look(experiment.header());
        for (CellSpec cell : experiment.cells()) {
            contacts.look(cell.task());
            contacts.look(cell.tokenizer());
            contacts.look(cell.architecture());
            cell.stages().values().forEach(contacts::look);
        }
        return List.copyOf(contacts.found);
    }

    private void look(Object value) {
        switch (value) {
            case Choice<?> choice when seen.put(choice, true) == null -> {
                found.addAll(contacts(choice.extension(), choice.options()));
                look(choice.options());
            }
            case Choice<?> again -> { }
            case Optional<?> optional -> optional.ifPresent(this::look);
            case List<?> list -> list.forEach(this::look);
            case Map<?, ?> map -> map.values().forEach(this::look);
            case Record record -> OptionDocs.components(record).forEach(this::look);
            default -> { }
        }
    }

    private static <O extends Record> List<Contact> contacts(Configurable<O> extension, Record options) {
        return extension.contacts(extension.optionsType().cast(options));
    }
}
