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

/** Takes plug-ins that were set aside back into use. */
@Command(name = "enable", mixinStandardHelpOptions = true, description = "Takes plug-ins that were disabled back into use.")
final class PluginEnableCommand implements Callable<Integer> {

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
                changed.addAll(new PluginStore(folder).enable(name));
            }
            if (changed.isEmpty()) {
                throw new IllegalArgumentException("no plug-in '%s' is disabled. 'encore plugin list' shows all.".formatted(name));
            }
            changed.forEach(file -> out.println(file.name() + " " + file.version() + " is in use again (" + file.file() + ")"));
        }
        return 0;
    }
}
