package org.encore.listeners.mlflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.encore.api.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * An experiment in MLflow's folders.
 *
 * @param folder whose name is the experiment's id
 * @param id of the experiment
 */
record FolderExperiment(Path folder, String id) {

    /** MLflow's trash folder. */
    private static final String TRASH = ".trash";

    /** The experiment of a name, made if there is none. */
    static FolderExperiment of(Path root, String name) throws IOException {
        if (!Files.isDirectory(root.resolve(TRASH))) {
            Files.createDirectories(root.resolve(TRASH));
            create(root, "0", "Default"); // which MLflow expects
        }
        for (Path folder : folders(root)) {
            Map<String, @Nullable Object> meta = Meta.read(folder).orElse(Map.of());
            if (name.equals(meta.get("name")) && "active".equals(meta.get("lifecycle_stage"))) {
                return new FolderExperiment(folder, folder.getFileName().toString());
            }
        }
        for (int attempt = 0;; attempt++) {
            String id = id(name, attempt);
            Map<String, @Nullable Object> taken = Meta.read(root.resolve(id)).orElse(Map.of());
            if (!Files.exists(root.resolve(TRASH).resolve(id)) && (taken.isEmpty() || name.equals(taken.get("name")))) {
                return create(root, id, name);
            }
        }
    }

    private static List<Path> folders(Path root) throws IOException {
        try (Stream<Path> all = Files.list(root)) {
            return all.filter(Files::isDirectory).filter(folder -> !folder.getFileName().toString().equals(TRASH)).sorted().toList();
        }
    }

    /** 18 digits, the same in every process, so that two that begin at once make one experiment. */
    private static String id(String name, int attempt) {
        long bits = Long.parseUnsignedLong(Sha256.of(name + "\n" + attempt).substring(0, Long.BYTES * 2), 16) >>> 8;
        return Long.toString(100_000_000_000_000_000L + bits % 900_000_000_000_000_000L);
    }

    /** A folder as MLflow names it: Java's form ends in a slash if the folder is there. */
    static String uri(Path folder) {
        return folder.toAbsolutePath().toUri().toString().replaceAll("/$", "");
    }

    private static FolderExperiment create(Path root, String id, String name) throws IOException {
        Path folder = Files.createDirectories(root.resolve(id));
        if (Meta.read(folder).isEmpty()) {
            long now = System.currentTimeMillis();
            var meta = new LinkedHashMap<String, @Nullable Object>();
            meta.put("artifact_location", uri(folder));
            meta.put("creation_time", now);
            meta.put("experiment_id", id);
            meta.put("last_update_time", now);
            meta.put("lifecycle_stage", "active");
            meta.put("name", name);
            Meta.write(folder, meta);
        }
        return new FolderExperiment(folder, id);
    }
}
