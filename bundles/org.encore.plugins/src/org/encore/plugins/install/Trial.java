package org.encore.plugins.install;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.encore.api.extension.Registry;
import org.encore.plugins.Contents;
import org.encore.plugins.NoPlugin;
import org.encore.plugins.Plugin;
import org.encore.plugins.PluginFile;
import org.encore.plugins.PluginFolders;
import org.encore.plugins.Plugins;

/**
 * Plug-ins loaded into this process to see whether they work, together with those that are installed.
 *
 * @param incoming what is tried, all of it working, with what it brings
 * @param registry of everything, the new plug-ins included
 * @param others problems of those that are installed, one line each; the new ones may have caused them
 */
public record Trial(Map<PluginFile, Contents> incoming, Registry registry, List<String> others) {

    /**
     * Tries. This process must not have loaded any plug-in before.
     *
     * @throws IllegalArgumentException if one does not work; the message has a line for each reason
     */
    public static Trial of(List<Path> jars, PluginFolders folders) {
        List<PluginFile> files = jars.stream().map(Trial::read).toList();
        Set<String> names = files.stream().map(PluginFile::name).collect(Collectors.toSet());
        var all = new ArrayList<>(jars);
        folders.jars().stream().filter(jar -> !names.contains(nameOf(jar))).forEach(all::add);
        List<Plugin> plugins = Plugins.load(all);
        Registry registry = Registry.ofPlatform();
        var incoming = new LinkedHashMap<PluginFile, Contents>();
        var wrong = new ArrayList<String>();
        for (PluginFile file : files) {
            String from = " (" + file.file().getFileName() + ")";
            Plugin plugin = plugins.stream().filter(p -> p.file().equals(file.file())).findFirst().orElseThrow();
            switch (plugin.state()) {
                case Plugin.State.Broken(String reason) -> wrong.add(plugin + " does not work here: " + reason + "." + from);
                case Plugin.State.Works works -> {
                    Contents contents = Contents.of(works.bundle(), registry);
                    contents.problems().forEach(problem -> wrong.add(plugin + " does not work here: " + problem + from));
                    incoming.put(file, contents);
                }
            }
        }
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", wrong));
        }
        return new Trial(incoming, registry, Plugins.problems(plugins));
    }

    private static PluginFile read(Path jar) {
        try {
            return PluginFile.read(jar);
        } catch (NoPlugin e) {
            throw new IllegalArgumentException(jar.getFileName() + " is no plug-in: " + e.getMessage() + ".", e);
        }
    }

    private static String nameOf(Path jar) {
        try {
            return PluginFile.read(jar).name();
        } catch (NoPlugin e) {
            return "";
        }
    }
}
