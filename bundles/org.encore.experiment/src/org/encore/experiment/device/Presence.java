package org.encore.experiment.device;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.encore.api.Availability;
import org.encore.api.Unavailable;
import org.encore.api.inference.Backend;
import org.encore.api.option.Choice;
import org.encore.api.option.OptionDocs;
import org.encore.api.training.Trainer;
import org.encore.experiment.plan.Node;
import org.encore.experiment.plan.Plan;

/** Whether the backends and the hardware to train on that an experiment chooses are on this machine: asked before any work, not after a night of training. */
public final class Presence {

    private final Map<Backend<?>, Availability> asked = new IdentityHashMap<>();

    private Presence() {}

    /** @throws Unavailable if a stage of the plan names a backend, or wants to train on something, that is not here; the message is that of 'encore devices' */
    public static void check(Plan plan) {
        var presence = new Presence();
        for (Node node : plan.nodes()) {
            presence.look(node.stage().id(), node.stage().options());
        }
    }

    private static <O extends Record> Optional<Availability.Missing> missing(Trainer<O> trainer, Record options) {
        return trainer.missing(trainer.optionsType().cast(options));
    }

    private void look(String stage, Object value) {
        switch (value) {
            case Choice<?> choice -> {
                if (choice.extension() instanceof Backend<?> backend && asked.computeIfAbsent(backend,
                        Backend::probe) instanceof Availability.Missing missing) {
                    throw new Unavailable("stage " + stage + " wants backend " + choice.id() + ", but " + missing.reason(), missing.remedy());
                }
                if (choice.extension() instanceof Trainer<?> trainer) {
                    missing(trainer, choice.options()).ifPresent(missing -> {
                        throw new Unavailable("stage " + stage + " wants trainer " + choice.id() + " with " + OptionDocs.plain(choice.options()) + ", but "
                                + missing.reason(), missing.remedy());
                    });
                }
                look(stage, choice.options());
            }
            case Record record -> OptionDocs.components(record).forEach(component -> look(stage, component));
            case List<?> list -> list.forEach(item -> look(stage, item));
            default -> { }
        }
    }
}
