package org.encore.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code encore plugin}, without a further word: says what there is. */
@Command(name = PluginCommand.NAME, mixinStandardHelpOptions = true, description = "Installs, lists, checks, disables and removes plug-ins.",
        subcommands = {PluginInstallCommand.class, PluginListCommand.class, PluginCheckCommand.class, PluginDisableCommand.class,
                PluginEnableCommand.class,
            PluginRemoveCommand.class},
        footer = {"", "Plug-ins lie in ~/.local/share/encore/plugins, or in the folders that ENCORE_PLUGINS names (with colons between).",
            "A jar put there works too.",
            "How to write one: docs/writing-a-plugin.md"})
final class PluginCommand implements Runnable {

    /** The word for it. */
    static final String NAME = "plugin";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no command given: install, list, check, disable, enable or remove");
    }
}
