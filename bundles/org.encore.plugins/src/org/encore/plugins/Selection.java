package org.encore.plugins;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which of some jars are to be loaded: of each name one, from the earliest folder, there the newest.
 *
 * @param chosen by name
 * @param leftOut the others, with reasons
 */
record Selection(Map<String, PluginFile> chosen, List<Plugin> leftOut) {

    static Selection of(List<Path> jars) {
        var selection = new Selection(new LinkedHashMap<>(), new ArrayList<>());
        for (Path jar : jars) {
            try {
                selection.add(PluginFile.read(jar));
            } catch (NoPlugin e) {
                selection.leftOut.add(Plugin.broken(jar, e.getMessage()));
            }
        }
        return selection;
    }

    private void add(PluginFile next) {
        PluginFile before = chosen.get(next.name());
        boolean better = before == null || before.file().resolveSibling(next.file().getFileName()).equals(next.file())
                && next.version().compareTo(before.version()) > 0;
        if (better) {
            chosen.put(next.name(), next);
        }
        if (before != null) {
            PluginFile used = better ? next : before;
            PluginFile other = better ? before : next;
            leftOut.add(Plugin.broken(other, "version " + used.version() + " of it is used, which is " + used.file()));
        }
    }
}
