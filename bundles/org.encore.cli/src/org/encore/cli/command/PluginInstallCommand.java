package org.encore.cli.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import org.encore.plugins.PluginFile;
import org.encore.plugins.PluginFolders;
import org.encore.plugins.install.PluginStore;
import org.encore.plugins.install.Trial;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Tries plug-ins and, if they work here, copies them into the folder of plug-ins. */
@Command(name = "install", mixinStandardHelpOptions = true,
        description = "Tries plug-ins and says what they bring; if all work, copies them into the folder of plug-ins, in place of older ones.")
final class PluginInstallCommand implements Callable<Integer> {

    @Mixin
    private PluginSources sources = new PluginSources();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        PluginFolders folders = PluginFolders.ofUser();
        var store = new PluginStore(folders.first());
        List<Path> jars = sources.jars(err);
        Trial trial = Trial.of(jars, folders);
        for (var plugin : trial.incoming().entrySet()) {
            PluginFile file = plugin.getKey();
            List<PluginFile> before = store.put(file);
            out.println(file.name() + " " + file.version() + ": " + plugin.getValue());
            out.println("installed in " + store.folder() + (before.isEmpty() ? ""
                    : ", instead of " + before.stream().map(old -> old.version().toString()).collect(Collectors.joining(" and "))));
        }
        trial.others().forEach(problem -> err.println("warning: " + problem));
        return 0;
    }
}
