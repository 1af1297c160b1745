package org.encore.experiment.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.encore.experiment.run.RunArchive;

/**
 * What a store holds that no run needs: results that no run links to, the least recently used first, and what killed processes left behind.
 *
 * @param removable in the order in which it should go
 * @param kept bytes of results that runs link to, or that were used too lately
 */
public record Waste(List<Item> removable, long kept) {

    /** What a process left that was killed may still be wanted by one that resumes; after this time it is not. */
    private static final Duration ABANDONED = Duration.ofDays(7);
    /** A result this young may belong to a run that has not linked to it yet. */
    private static final Duration FRESH = Duration.ofMinutes(10);
    private static final int DEEPEST_LINK = 6;
    private static final String LEFT = "left by a process that was killed";

    /**
     * A folder.
     *
     * @param why it can go
     * @param used when it was made or found again last
     */
    public record Item(Path folder, long bytes, Instant used, String why) {}

    /**
     * Looks; removes nothing.
     *
     * @param runs folder of runs, the store among them
     */
    public static Waste of(Path runs) throws IOException {
        Path store = runs.resolve("store");
        Instant now = Instant.now();
        var removable = new ArrayList<Item>(unpacked(runs, now));
        if (!Files.isDirectory(store)) {
            return new Waste(removable, 0);
        }
        Set<Path> linked = linked(runs, store);
        long kept = 0;
        try (Stream<Path> entries = Files.list(store)) {
            for (Path entry : entries.filter(Files::isDirectory).toList()) {
                Instant used = Files.getLastModifiedTime(entry).toInstant();
                boolean result = !entry.getFileName().toString().startsWith(".");
                boolean old = used.isBefore(now.minus(result ? FRESH : ABANDONED));
                if (linked.contains(entry.toRealPath()) || !old || !result && inUse(entry)) {
                    kept += size(entry);
                } else {
                    removable.add(new Item(entry, size(entry), used, result ? "no run links to it" : LEFT));
                }
            }
        }
        removable.sort(Comparator.comparing(Item::used));
        return new Waste(removable, kept);
    }

    /** Bytes of everything. */
    public long bytes() {
        return kept + removable.stream().mapToLong(Item::bytes).sum();
    }

    /** What has to go until no more than this many bytes are left. */
    public List<Item> beyond(long quota) {
        var going = new ArrayList<Item>();
        long left = bytes();
        for (Item item : removable) {
            if (left <= quota) {
                break;
            }
            going.add(item);
            left -= item.bytes();
        }
        return going;
    }

    /** What was being unpacked when its process was killed. */
    private static List<Item> unpacked(Path runs, Instant now) throws IOException {
        var left = new ArrayList<Item>();
        if (Files.isDirectory(runs)) {
            try (Stream<Path> folders = Files.list(runs)) {
                for (Path folder : folders.filter(each -> each.getFileName().toString().startsWith(RunArchive.UNPACKING)).filter(Files::isDirectory).toList()) {
                    Instant used = Files.getLastModifiedTime(folder).toInstant();
                    if (used.isBefore(now.minus(ABANDONED))) {
                        left.add(new Item(folder, size(folder), used, LEFT));
                    }
                }
            }
        }
        return left;
    }

    private static Set<Path> linked(Path runs, Path store) throws IOException {
        var linked = new HashSet<Path>();
        try (Stream<Path> folders = Files.list(runs)) {
            for (Path run : folders.filter(folder -> Files.isDirectory(folder) && !folder.equals(store)).toList()) {
                try (Stream<Path> paths = Files.walk(run, DEEPEST_LINK)) {
                    for (Path link : paths.filter(Files::isSymbolicLink).filter(Files::exists).toList()) {
                        linked.add(link.toRealPath());
                    }
                }
            }
        }
        return linked;
    }

    /** Whether a process works on the key of a scratch folder. */
    private static boolean inUse(Path scratch) throws IOException {
        String name = scratch.getFileName().toString();
        Path lock = scratch.resolveSibling(name.substring(0, name.lastIndexOf('.')) + ".lock");
        if (!Files.exists(lock)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE)) {
            return channel.tryLock() == null;
        } catch (OverlappingFileLockException e) {
            return true;
        }
    }

    private static long size(Path folder) throws IOException {
        var bytes = new long[1];
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                bytes[0] += attributes.size();
                return FileVisitResult.CONTINUE;
            }
        });
        return bytes[0];
    }
}
