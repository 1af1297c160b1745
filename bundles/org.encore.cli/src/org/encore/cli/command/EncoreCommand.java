package org.encore.cli.command;

import java.io.PrintWriter;

import org.encore.api.extension.Registry;
import org.osgi.framework.FrameworkUtil;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code encore}, without a command: says what there is. */
@Command(name = "encore", mixinStandardHelpOptions = true, versionProvider = EncoreCommand.Version.class, subcommands = HelpCommand.class,
        description = "A research workbench for small language models: describe architectures once, then train, export, measure and compare them.",
        footer = {"", "Start with: encore run examples/quickstart.yaml", "In a window: encore workbench, or encore alone where there is a display"})
public final class EncoreCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no command given");
    }

    /** Whether a command looks at plug-ins itself, so that none may be loaded before it. */
    public static boolean loadsPlugins(String... arguments) {
        return arguments.length > 0 && arguments[0].equals(PluginCommand.NAME);
    }

    /**
     * Parses and runs.
     *
     * @return the exit code: 0 for success, 1 for a failed run, 2 for wrong input, 3 for something missing on this machine, 130 for stopped
     */
    public static int execute(Registry registry, PrintWriter out, PrintWriter err, String... arguments) {
        var line = new CommandLine(new EncoreCommand());
        Commands.named(arguments).forEach((name, command) -> line.addSubcommand(name, command.apply(registry)));
        return line
                .setOut(out).setErr(err).setExpandAtFiles(false)
                .setExecutionExceptionHandler(new Failures())
                .execute(arguments);
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            var version = FrameworkUtil.getBundle(EncoreCommand.class).getVersion();
            return new String[] {"encore " + version.getMajor() + "." + version.getMinor() + "." + version.getMicro()};
        }
    }
}
