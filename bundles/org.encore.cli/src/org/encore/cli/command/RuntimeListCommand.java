package org.encore.cli.command;

import java.io.PrintWriter;
import java.util.List;

import org.encore.api.Unavailable;
import org.encore.api.device.ChosenRuntimes;
import org.encore.api.device.NativeRuntime;
import org.encore.api.extension.Contribution;
import org.encore.api.extension.ExtensionPoint;
import org.encore.api.extension.Registry;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows which builds of the native runtimes are in use, and what each computes with. */
@Command(name = "list", mixinStandardHelpOptions = true, description = "Shows which builds of the native runtimes are in use, and what each computes with.")
final class RuntimeListCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Registry registry;

    RuntimeListCommand(Registry registry) {
        this.registry = registry;
    }

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        for (Contribution<NativeRuntime> runtime : registry.list(ExtensionPoint.RUNTIMES)) {
            try {
                NativeRuntime.Loaded loaded = runtime.get().load();
                out.println(runtime.id() + ": " + runtime.name() + " " + loaded.version() + ", " + where(runtime.id()));
                RuntimeUseCommand.print(loaded, out);
            } catch (Unavailable missing) {
                out.println(runtime.id() + ": " + where(runtime.id()) + ", does not load: " + missing.getMessage());
            }
        }
    }

    /** Which build is in use, in words. */
    static String where(String id) {
        return ChosenRuntimes.folder(id).map(folder -> "the build in " + folder).orElse("carried by Encore");
    }
}
