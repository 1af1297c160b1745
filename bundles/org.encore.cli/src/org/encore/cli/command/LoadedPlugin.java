package org.encore.cli.command;

import java.util.List;
import java.util.Optional;

import org.encore.api.extension.Registry;
import org.encore.plugins.Contents;
import org.encore.plugins.Plugin;
import org.encore.plugins.PluginFolders;
import org.encore.plugins.Plugins;

/**
 * A plug-in of the user, loaded and tried.
 *
 * @param plugin the plug-in
 * @param contents what it brings, if it was loaded
 */
record LoadedPlugin(Plugin plugin, Optional<Contents> contents) {

    /** All plug-ins of the user. */
    static List<LoadedPlugin> all() {
        List<Plugin> plugins = Plugins.load(PluginFolders.ofUser().jars());
        Registry registry = Registry.ofPlatform();
        return plugins.stream().map(plugin -> new LoadedPlugin(plugin, switch (plugin.state()) {
            case Plugin.State.Works works -> Optional.of(Contents.of(works.bundle(), registry));
            case Plugin.State.Broken broken -> Optional.empty();
        })).toList();
    }

    /** What is wrong, empty if nothing. */
    List<String> problems() {
        return switch (plugin.state()) {
            case Plugin.State.Broken(String reason) -> List.of(reason);
            case Plugin.State.Works works -> contents.map(Contents::problems).orElse(List.of());
        };
    }
}
