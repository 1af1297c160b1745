package org.encore.cli.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import org.encore.plugins.PluginFile;
import org.encore.plugins.PluginFolders;
import org.encore.plugins.install.PluginStore;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sets plug-ins aside without removing them. */
@Command(name = "disable", mixinStandardHelpOptions = true, description = "Sets plug-ins aside: they stay in their folder, and are not loaded.")
final class PluginDisableCommand implements Callable<Integer> {

    @Parameters(arity = "1..*", paramLabel = "NAME", description = "a name of 'encore plugin list'")
    private List<String> names = new ArrayList<>();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        for (String name : names) {
            var changed = new ArrayList<PluginFile>();
            for (Path folder : PluginFolders.ofUser().folders()) {
                changed.addAll(new PluginStore(folder).disable(name));
            }
            if (changed.isEmpty()) {
                throw new IllegalArgumentException("no plug-in '%s' is in use. 'encore plugin list' shows all.".formatted(name));
            }
            changed.forEach(file -> out.println(file.name() + " " + file.version() + " is set aside (" + file.file() + ")"));
        }
        return 0;
    }
}
