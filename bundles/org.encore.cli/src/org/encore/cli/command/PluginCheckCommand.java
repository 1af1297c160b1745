package org.encore.cli.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;

import org.encore.api.Availability;
import org.encore.api.architecture.Architecture;
import org.encore.api.extension.Contribution;
import org.encore.api.extension.ExtensionPoint;
import org.encore.api.extension.Registry;
import org.encore.api.inference.Backend;
import org.encore.api.option.Binder;
import org.encore.api.option.Configurable;
import org.encore.api.option.ConfigNode;
import org.encore.api.option.Problems;
import org.encore.api.training.Trainer;
import org.encore.plugins.PluginFolders;
import org.encore.plugins.install.Trial;
import org.encore.testing.ArchitectureLaws;
import org.encore.testing.Case;
import org.encore.testing.Law;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Holds what plug-ins bring to the laws that the built-in ones are held to, on everything that computes here. */
@Command(name = "check", mixinStandardHelpOptions = true,
        description = "Tries plug-ins without installing them, and holds their architectures to the laws of the built-in ones.")
final class PluginCheckCommand implements Callable<Integer> {

    private static final int BROKEN = 1;

    @Mixin
    private PluginSources sources = new PluginSources();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Trial trial = Trial.of(sources.jars(spec.commandLine().getErr()), PluginFolders.ofUser());
        int broken = 0;
        for (var plugin : trial.incoming().entrySet()) {
            out.println(plugin.getKey().name() + " " + plugin.getKey().version() + ": " + plugin.getValue());
            for (Contribution<?> contribution : plugin.getValue().contributions()) {
                if (contribution.get() instanceof Architecture<?> architecture) {
                    broken += check(contribution.id(), architecture, trial.registry(), out);
                }
            }
        }
        out.println(broken == 0 ? "everything holds" : broken + " laws do not hold");
        return broken == 0 ? 0 : BROKEN;
    }

    private static <O extends Record> int check(String id, Architecture<O> architecture, Registry registry, PrintWriter out) {
        O options = smallest(architecture, registry);
        int broken = held(id, ArchitectureLaws.of(architecture, options), out);
        for (Contribution<Backend<?>> backend : registry.list(ExtensionPoint.BACKENDS)) {
            if (backend.get().probe() instanceof Availability.Present) {
                broken += held(id + " on " + backend.id(), on(backend.get(), architecture, options, registry), out);
            }
        }
        for (Contribution<Trainer<?>> trainer : registry.list(ExtensionPoint.TRAINERS)) {
            broken += held(id + " in " + trainer.id(), in(trainer.get(), architecture, options, registry), out);
        }
        return broken;
    }

    private static int held(String what, List<Law> laws, PrintWriter out) {
        int broken = 0;
        for (Law law : laws) {
            try {
                law.check();
                out.println("  holds   " + what + ": " + law.name());
            } catch (AssertionError | RuntimeException e) {
                broken++;
                out.println("  BROKEN  " + what + ": " + law.name() + "\n          " + e.getMessage());
            }
            out.flush();
        }
        return broken;
    }

    private static <O extends Record, B extends Record> List<Law> on(Backend<B> backend, Architecture<O> architecture, O options, Registry registry) {
        return ArchitectureLaws.on(backend, defaults(backend, registry), architecture, options);
    }

    private static <O extends Record, T extends Record> List<Law> in(Trainer<T> trainer, Architecture<O> architecture, O options, Registry registry) {
        return ArchitectureLaws.in(trainer, defaults(trainer, registry), architecture, options);
    }

    /** The smallest of the presets; the defaults where there are none. */
    private static <O extends Record> O smallest(Architecture<O> architecture, Registry registry) {
        return architecture.presets().values().stream()
                .min(Comparator.comparingLong(preset -> architecture.build(preset, Case.build("sized")).parameterCount()))
                .orElseGet(() -> defaults(architecture, registry));
    }

    private static <O extends Record> O defaults(Configurable<O> configurable, Registry registry) {
        var problems = new Problems();
        var options = new Binder(registry, problems).bind(configurable.optionsType(), null, ConfigNode.Position.NOWHERE);
        problems.throwIfAny();
        return options.orElseThrow();
    }
}
