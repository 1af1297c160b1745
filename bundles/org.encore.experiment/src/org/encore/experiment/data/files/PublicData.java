package org.encore.experiment.data.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.encore.api.Monitor;
import org.encore.api.Unavailable;
import org.encore.api.task.DataFile;
import org.encore.api.task.DataFiles;

/**
 * Files of public data sets: {@code SET/PATH} in the first folder that has it, in the cache, or downloaded into the cache. Only a file with the
 * content that is meant counts; another one of the same name is told of and not used. Downloads go through Java's proxy properties or https_proxy.
 */
public final class PublicData implements DataFiles {

    private final List<Path> folders;
    private final Path cache;
    private final boolean offline;
    private final Monitor monitor;
    private final Consumer<String> tell;
    private final KnownDigests digests;
    private final Downloads downloads;

    /**
     * Where to look.
     *
     * @param folders of the user's, each with a folder for each set, in the order in which they count
     * @param cache folder for downloads; made when needed
     * @param offline whether nothing is downloaded, as while planning
     * @param tell what is worth a line: a file that is not used, an attempt that failed
     */
    public PublicData(List<Path> folders, Path cache, boolean offline, Patience patience, Monitor monitor, Consumer<String> tell) {
        this.folders = List.copyOf(folders);
        this.cache = cache;
        this.offline = offline;
        this.monitor = monitor;
        this.tell = tell;
        this.digests = new KnownDigests(cache.resolve("digests"));
        this.downloads = new Downloads(cache, digests, patience, monitor, tell);
    }

    /** Folders of a path list such as the value of ENCORE_DATA; none of an empty one. */
    public static List<Path> folders(String pathList) {
        return Stream.of(pathList.split(java.io.File.pathSeparator)).filter(name -> !name.isBlank()).map(name -> Path.of(name).toAbsolutePath())
                .toList();
    }

    /**
     * A file that is here.
     *
     * @param path where
     * @param bytes its size
     * @param cached whether it is in the cache, not in a folder of the user's
     */
    public record Found(Path path, long bytes, boolean cached) {}

    /** Where a file with the right content is, if it is here; downloads nothing. */
    public Optional<Found> look(DataFile file) {
        return look(file, new ArrayList<>());
    }

    private Optional<Found> look(DataFile file, List<String> others) {
        for (Path folder : Stream.concat(folders.stream(), Stream.of(cache)).toList()) {
            Path path = folder.resolve(file.set()).resolve(file.path());
            if (!Files.isRegularFile(path)) {
                continue;
            }
            try {
                String digest = digests.of(path, monitor);
                if (digest.equals(file.sha256())) {
                    return Optional.of(new Found(path, Files.size(path), folder.equals(cache)));
                }
                others.add(path + " is not the file that is meant: it has SHA-256 " + digest + ", not " + file.sha256());
            } catch (IOException e) {
                others.add(path + " cannot be read: " + e.getMessage());
            }
        }
        return Optional.empty();
    }

    @Override
    public Path find(DataFile file) {
        var others = new ArrayList<String>();
        Optional<Found> found = look(file, others);
        if (found.isPresent() || !offline && !file.addresses().isEmpty()) {
            others.forEach(other -> tell.accept(other + "; it is not used"));
            return found.map(Found::path).orElseGet(() -> downloads.get(file));
        }
        String places = Stream.concat(folders.stream().map(Path::toString), Stream.of("the cache " + cache)).collect(Collectors.joining(", "));
        String reason = file.set() + "/" + file.path() + " is not here; looked in " + places + others.stream().map(other -> "; " + other)
                .collect(Collectors.joining());
        throw new Unavailable(reason, file.addresses().isEmpty()
                ? "It is published nowhere (docs/data.md says how it was made): put it in a folder that ENCORE_DATA or --data names."
                : "Get it by 'encore data get " + file.set() + "', or name a folder that has it by ENCORE_DATA or --data.");
    }

    @Override
    public Monitor monitor() {
        return monitor;
    }
}
