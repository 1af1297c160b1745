package org.encore.plugins;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Where plug-ins lie. Of two with one name the one in the earlier folder counts.
 *
 * @param folders whether they exist or not; the first is where plug-ins are installed
 */
public record PluginFolders(List<Path> folders) {

    /** Environment variable: other folders, separated as in PATH; set to nothing, there are no plug-ins. */
    public static final String VARIABLE = "ENCORE_PLUGINS";

    public PluginFolders {
        folders = List.copyOf(folders);
    }

    /** As the user has them: {@code ENCORE_PLUGINS}, otherwise {@code encore/plugins} where his data lie. */
    public static PluginFolders ofUser() {
        return of(System.getenv(), Path.of(System.getProperty("user.home")));
    }

    /** As an environment says. */
    public static PluginFolders of(Map<String, String> environment, Path home) {
        String named = environment.get(VARIABLE);
        if (named != null) {
            return new PluginFolders(Arrays.stream(named.split(File.pathSeparator)).filter(folder -> !folder.isBlank()).map(Path::of).toList());
        }
        String data = Objects.requireNonNullElse(environment.get("XDG_DATA_HOME"), "");
        return new PluginFolders(List.of((data.isBlank() ? home.resolve(".local/share") : Path.of(data)).resolve("encore/plugins")));
    }

    /**
     * Where plug-ins are installed.
     *
     * @throws IllegalArgumentException if there is no folder at all
     */
    public Path first() {
        if (folders.isEmpty()) {
            throw new IllegalArgumentException(VARIABLE + " is set to nothing, so there is no folder for plug-ins. Unset it, or name a folder.");
        }
        return folders.getFirst();
    }

    /** The jars in these folders, not below: folder by folder, by name. */
    public List<Path> jars() {
        var jars = new ArrayList<Path>();
        folders.stream().filter(Files::isDirectory).forEach(folder -> jars.addAll(jarsIn(folder)));
        return jars;
    }

    /** The jars in a folder, not below, by name. */
    public static List<Path> jarsIn(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".jar")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("folder " + folder + " cannot be read", e);
        }
    }
}
