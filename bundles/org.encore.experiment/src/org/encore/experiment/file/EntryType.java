package org.encore.experiment.file;

import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
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
        return ofComponent(Header.class, name).or(() -> ofComponent(Sections.class, name))
                .or(() -> registry.list(ExtensionPoint.STAGES).stream().filter(stage -> stage.id().equals(name)).findFirst()
                        .map(stage -> stage.get().optionsType()));
    }

    /** Of an option of a record; empty if it has none of that name. */
    static Optional<Type> ofComponent(Class<?> record, String name) {
        return Arrays.stream(record.getRecordComponents()).filter(component -> component.getName().equals(name)).findFirst()
                .map(RecordComponent::getGenericType);
    }
}
