package org.encore.cli.command;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;

import org.encore.api.device.NativeRuntime;
import org.encore.api.extension.Contribution;
import org.encore.api.extension.ExtensionPoint;
import org.encore.api.extension.Registry;
import org.encore.api.option.Nearest;
import org.encore.experiment.device.RuntimeSettings;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Goes back to the build that Encore carries. */
@Command(name = "forget", mixinStandardHelpOptions = true, description = "Goes back to the build of a native runtime that Encore carries.")
final class RuntimeForgetCommand implements Callable<Integer> {

    @Parameters(arity = "1", paramLabel = "ID", description = "an id of 'encore runtime list'")
    private String id = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Registry registry;

    RuntimeForgetCommand(Registry registry) {
        this.registry = registry;
    }

    @Override
    public Integer call() throws IOException {
        RuntimeSettings settings = RuntimeSettings.ofUser();
        boolean chosen = settings.chosen().containsKey(id);
        List<String> known = registry.list(ExtensionPoint.RUNTIMES).stream().map(Contribution<NativeRuntime>::id).toList();
        if (!chosen && !known.contains(id)) {
            throw new IllegalArgumentException("no native runtime '" + id + "'. " + Nearest.suggestion(id, known));
        }
        settings.forget(id);
        spec.commandLine().getOut().println(chosen ? "forgotten; " + id + " is the build that Encore carries, from now on" : id
                + " is the build that Encore carries, as before");
        return 0;
    }
}
