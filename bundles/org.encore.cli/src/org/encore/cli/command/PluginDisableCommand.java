package org.encore.cli.command;

import java.io.IOException;
import java.util.concurrent.Callable;

import org.encore.plugins.install.PluginStore;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Sets plug-ins aside without removing them. */
@Command(name = "disable", mixinStandardHelpOptions = true, description = "Sets plug-ins aside: they stay in their folder, and are not loaded.")
final class PluginDisableCommand implements Callable<Integer> {

    @Mixin
    private NamedPlugins names = new NamedPlugins();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        names.change(PluginStore::disable, "set aside", "in use", spec.commandLine().getOut());
        return 0;
    }
}
