package org.encore.plugins.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.encore.plugins.NoPlugin;
import org.encore.plugins.PluginFile;
import org.encore.plugins.PluginFolders;

/**
 * A folder of plug-ins as one that is written to. A jar is there whole or not at all, whatever happens.
 *
 * @param folder made if it is not there
 */
public record PluginStore(Path folder) {

    /** Ends the name of a jar that is not loaded. */
    private static final String ASIDE = ".disabled";

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

    /** Sets plug-ins of a name aside: they stay here, and no process that starts from now on loads them. Gives what was set aside. */
    public List<PluginFile> disable(String name) throws IOException {
        List<PluginFile> all = named(name);
        for (PluginFile file : all) {
            rename(file.file(), file.file().resolveSibling(file.file().getFileName() + ASIDE));
        }
        return all;
    }

    /** Takes plug-ins of a name that were set aside back into use, and gives them. */
    public List<PluginFile> enable(String name) throws IOException {
        List<PluginFile> all = disabled().stream().filter(file -> file.name().equals(name)).toList();
        for (PluginFile file : all) {
            String aside = file.file().getFileName().toString();
            rename(file.file(), file.file().resolveSibling(aside.substring(0, aside.length() - ASIDE.length())));
        }
        return all;
    }

    private static void rename(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new IOException("cannot rename " + from + ": " + e.getMessage(), e);
        }
    }

    /** What was set aside, by name of the file. */
    public List<PluginFile> disabled() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        var found = new ArrayList<PluginFile>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(f -> f.getFileName().toString().endsWith(".jar" + ASIDE)).sorted().toList()) {
                read(file).ifPresent(found::add);
            }
        }
        return found;
    }

    private static Optional<PluginFile> read(Path jar) {
        try {
            return Optional.of(PluginFile.read(jar));
        } catch (NoPlugin e) {
            return Optional.empty(); // it has no name
        }
    }

    private List<PluginFile> named(String name) {
        return PluginFolders.jarsIn(folder).stream().flatMap(jar -> read(jar).stream()).filter(file -> file.name().equals(name)).toList();
    }
}
