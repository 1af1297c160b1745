package org.encore.cli.command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

import org.encore.plugins.PluginFolders;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows the plug-ins of the user, whether they work, and what they bring. */
@Command(name = "list", mixinStandardHelpOptions = true, description = "Shows the installed plug-ins, whether they work, and what they bring.")
final class PluginListCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        List<LoadedPlugin> all = LoadedPlugin.all();
        if (all.isEmpty()) {
            out.println("no plug-ins. They lie in "
                    + (PluginFolders.ofUser().folders().isEmpty() ? "no folder: " + PluginFolders.VARIABLE + " is set to nothing"
                    : PluginFolders.ofUser().first()) + ". Install one: encore plugin install FILE");
            return;
        }
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("name", "version", "state", "file", "what it brings, or what is wrong"));
        for (LoadedPlugin each : all) {
            List<String> problems = each.problems();
            rows.add(List.of(each.plugin().name(), each.plugin().version(), problems.isEmpty() ? "works" : "broken", each.plugin().file().toString(),
                    problems.isEmpty() ? each.contents().orElseThrow().toString() : String.join("; ", problems)));
        }
        Columns.print(rows, out);
    }
}
