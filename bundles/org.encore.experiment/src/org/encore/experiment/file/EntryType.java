package org.encore.experiment.file;

import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;

import org.encore.api.extension.Contribution;
import org.encore.api.extension.ExtensionPoint;
import org.encore.api.extension.Registry;
import org.encore.experiment.Header;
import org.encore.experiment.Sections;

/** Of what type the entries of an experiment are. */
final class EntryType {

    private EntryType() {}

    /**
     * Of what stands under a name at the top of an experiment; empty if nothing does.
     *
     * @throws Contribution.BrokenContribution if it is a stage that cannot be created
     */
    static Optional<Type> of(String name, Registry registry) {
        for (Class<?> record : List.of(Header.class, Sections.class)) {
            for (RecordComponent component : record.getRecordComponents()) {
                if (component.getName().equals(name)) {
                    return Optional.of(component.getGenericType());
                }
            }
        }
        return registry.list(ExtensionPoint.STAGES).stream().filter(stage -> stage.id().equals(name)).findFirst()
                .map(stage -> stage.get().optionsType());
    }
}
