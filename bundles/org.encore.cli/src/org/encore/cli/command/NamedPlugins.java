package org.encore.cli.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.encore.plugins.PluginFile;
import org.encore.plugins.PluginFolders;
import org.encore.plugins.install.PluginStore;

import picocli.CommandLine.Parameters;

/** Plug-ins of the user's folders, by the names that a command was given. */
final class NamedPlugins {

    @Parameters(arity = "1..*", paramLabel = "NAME", description = "a name of 'encore plugin list'")
    private List<String> names = new ArrayList<>();

    /** What is done in a folder to all that have a name; returns them. */
    interface Change {
        List<PluginFile> in(PluginStore store, String name) throws IOException;
    }

    /**
     * Changes them, and tells each.
     *
     * @param is what they are afterwards, in words
     * @param were what the plug-ins of a name must be before, in words
     * @throws IllegalArgumentException if none of a name is
     */
    void change(Change change, String is, String were, PrintWriter out) throws IOException {
        for (String name : names) {
            var changed = new ArrayList<PluginFile>();
            for (Path folder : PluginFolders.ofUser().folders()) {
                changed.addAll(change.in(new PluginStore(folder), name));
            }
            if (changed.isEmpty()) {
                throw new IllegalArgumentException("no plug-in '%s' is %s. 'encore plugin list' shows all.".formatted(name, were));
            }
            changed.forEach(file -> out.println(file.name() + " " + file.version() + " is " + is + " (" + file.file() + ")"));
        }
    }
}
