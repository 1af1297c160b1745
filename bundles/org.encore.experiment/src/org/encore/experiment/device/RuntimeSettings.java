package org.encore.experiment.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.encore.experiment.process.Folders;
import org.encore.experiment.run.WholeFile;

/**
 * Which builds of native runtimes this user chose, for every process that starts later: a file with a line {@code id=folder} for each, which the
 * command reads before it starts Java.
 */
public final class RuntimeSettings {

    private final Path file;

    /** @param file that need not be there */
    public RuntimeSettings(Path file) {
        this.file = file;
    }

    /** Of this user. */
    public static RuntimeSettings ofUser() {
        return new RuntimeSettings(Folders.configuration().resolve("runtimes"));
    }

    public Path file() {
        return file;
    }

    /** Folders by the runtime's id. */
    public SortedMap<String, Path> chosen() throws IOException {
        var chosen = new TreeMap<String, Path>();
        if (Files.exists(file)) {
            for (String line : WholeFile.lines(file)) {
                int equals = line.indexOf('=');
                if (equals > 0) {
                    chosen.put(line.substring(0, equals), Path.of(line.substring(equals + 1)));
                }
            }
        }
        return chosen;
    }

    /**
     * Remembers a build.
     *
     * @param id of the runtime
     * @throws IllegalArgumentException if the folder's name cannot be handed on
     */
    public void choose(String id, Path folder) throws IOException {
        Path whole = folder.toAbsolutePath().normalize();
        if (whole.toString().indexOf(':') >= 0 || whole.toString().indexOf('\n') >= 0) {
            throw new IllegalArgumentException("the folder " + whole + " has a colon in its name, which parts folders of libraries from one another. Rename it.");
        }
        SortedMap<String, Path> chosen = chosen();
        chosen.put(id, whole);
        write(chosen);
    }

    /** Goes back to what Encore carries. */
    public void forget(String id) throws IOException {
        SortedMap<String, Path> chosen = chosen();
        chosen.remove(id);
        write(chosen);
    }

    private void write(Map<String, Path> chosen) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        WholeFile.write(file, chosen.entrySet().stream().map(entry -> entry.getKey() + "=" + entry.getValue() + "\n").collect(Collectors.joining()));
    }
}
