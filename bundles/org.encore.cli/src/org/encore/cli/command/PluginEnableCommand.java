package org.encore.cli.command;

import java.io.IOException;
import java.util.concurrent.Callable;

import org.encore.plugins.install.PluginStore;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Takes plug-ins that were set aside back into use. */
@Command(name = "enable", mixinStandardHelpOptions = true, description = "Takes plug-ins that were disabled back into use.")
final class PluginEnableCommand implements Callable<Integer> {

    @Mixin
    private NamedPlugins names = new NamedPlugins();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        names.change(PluginStore::enable, "in use again", "disabled", spec.commandLine().getOut());
        return 0;
    }
}
