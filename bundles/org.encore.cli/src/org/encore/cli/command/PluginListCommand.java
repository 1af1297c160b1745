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
import picocli.CommandLine.Spec;

/** Shows the plug-ins of the user, whether they work, and what they bring. */
@Command(name = "list", mixinStandardHelpOptions = true, description = "Shows the installed plug-ins, whether they work, and what they bring.")
final class PluginListCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        List<LoadedPlugin> all = LoadedPlugin.all();
        List<PluginFile> aside = aside();
        if (all.isEmpty() && aside.isEmpty()) {
            out.println("no plug-ins. They lie in "
                    + (PluginFolders.ofUser().folders().isEmpty() ? "no folder: " + PluginFolders.VARIABLE + " is set to nothing"
                    : PluginFolders.ofUser().first()) + ". Install one: encore plugin install FILE");
            return 0;
        }
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("name", "version", "state", "file", "what it brings, or what is wrong"));
        for (LoadedPlugin each : all) {
            List<String> problems = each.problems();
            rows.add(List.of(each.plugin().name(), each.plugin().version(), problems.isEmpty() ? "works" : "broken", each.plugin().file().toString(),
                    problems.isEmpty() ? each.contents().orElseThrow().toString() : String.join("; ", problems)));
        }
        aside.forEach(file -> rows.add(List.of(file.name(), file.version().toString(), "disabled", file.file().toString(), "encore plugin enable "
                + file.name())));
        Columns.print(rows, out);
        return 0;
    }

    private static List<PluginFile> aside() throws IOException {
        var aside = new ArrayList<PluginFile>();
        for (Path folder : PluginFolders.ofUser().folders()) {
            aside.addAll(new PluginStore(folder).disabled());
        }
        return aside;
    }
}
