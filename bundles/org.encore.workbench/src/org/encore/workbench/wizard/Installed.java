package org.encore.workbench.wizard;

import java.util.ArrayList;
import java.util.List;

import org.encore.api.Availability;
import org.encore.api.architecture.Architecture;
import org.encore.api.extension.Contribution;
import org.encore.api.extension.Contribution.BrokenContribution;
import org.encore.api.extension.ExtensionPoint;
import org.encore.api.extension.Registry;
import org.encore.api.inference.Backend;

/** What there is to choose from here. */
record Installed(Registry registry, List<Item> tasks, List<Model> architectures, List<Engine> backends) {

    /** Something with a name and a sentence. */
    record Item(String id, String name, String description) {}

    /** @param presets names of its sizes */
    record Model(String id, String name, List<String> presets) {}

    /** @param missing why it is not here, and what to do; empty if it is */
    record Engine(String id, String name, String missing) {}

    /** Loads what is contributed, and tries the backends. What does not work is left out: the view of plug-ins says why. */
    static Installed here() {
        Registry registry = Registry.ofPlatform();
        var models = new ArrayList<Model>();
        for (Contribution<Architecture<?>> one : registry.list(ExtensionPoint.ARCHITECTURES)) {
            try {
                models.add(new Model(one.id(), one.name(), one.get().presets().keySet().stream().toList()));
            } catch (BrokenContribution e) {
                // left out
            }
        }
        var engines = new ArrayList<Engine>();
        for (Contribution<Backend<?>> one : registry.list(ExtensionPoint.BACKENDS)) {
            try {
                engines.add(new Engine(one.id(), one.name(), one.get().probe() instanceof Availability.Missing missing ? missing.reason() + ". "
                        + missing.remedy() : ""));
            } catch (BrokenContribution e) {
                // left out
            }
        }
        return new Installed(registry, registry.list(ExtensionPoint.TASKS).stream().map(task -> new Item(task.id(), task.name(), task.description()))
                .toList(), models,
                engines);
    }
}
