package org.encore.plugins.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

import org.encore.plugins.NoPlugin;
import org.encore.plugins.PluginFile;
import org.encore.plugins.PluginFolders;

/**
 * A folder of plug-ins as one that is written to. A jar is there whole or not at all, whatever happens.
 *
 * @param folder made if it is not there
 */
public record PluginStore(Path folder) {

    /**
     * Puts a copy of a plug-in here; then those of the same name go.
     *
     * @return those that went
     * @throws IOException if the folder cannot be written to; it is then as before
     */
    public List<PluginFile> put(PluginFile plugin) throws IOException {
        Path target = folder.resolve(plugin.name() + "_" + plugin.version() + ".jar");
        List<PluginFile> before;
        try {
            Files.createDirectories(folder);
            before = named(plugin.name());
            Path part = Files.createTempFile(folder, "." + plugin.name(), ".part");
            try {
                Files.copy(plugin.file(), part, StandardCopyOption.REPLACE_EXISTING);
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw new IOException("cannot put a plug-in into " + folder + ": " + e.getMessage() + ". It is as before.", e);
        }
        for (PluginFile old : before) {
            if (!old.file().equals(target)) {
                Files.deleteIfExists(old.file());
            }
        }
        return before;
    }

    /** Removes all plug-ins of a name from here, and gives what went. */
    public List<PluginFile> remove(String name) throws IOException {
        List<PluginFile> all = named(name);
        for (PluginFile file : all) {
            try {
                Files.deleteIfExists(file.file());
            } catch (IOException e) {
                throw new IOException("cannot remove " + file.file() + ": " + e.getMessage(), e);
            }
        }
        return all;
    }

    private List<PluginFile> named(String name) {
        var found = new ArrayList<PluginFile>();
        for (Path jar : PluginFolders.jarsIn(folder)) {
            try {
                PluginFile file = PluginFile.read(jar);
                if (file.name().equals(name)) {
                    found.add(file);
                }
            } catch (NoPlugin e) {
                // it has no name
            }
        }
        return found;
    }
}
