package org.encore.onnx.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Memory that this process may still take: what the machine has left, and what is left of each control group that it is in, whichever is least.
 *
 * @param bytes still to be had
 * @param of what sets the limit, such as "this machine"
 */
public record Room(long bytes, String of) {

    private static final long UNLIMITED = Long.MAX_VALUE;

    /** Of this process, now. */
    public static Room now() {
        return of(Path.of("/"));
    }

    /**
     * As the files of a system say.
     *
     * @param root below which there are {@code proc} and {@code sys}; what cannot be read sets no limit
     */
    public static Room of(Path root) {
        Room least = new Room(machine(root), "this machine");
        for (String line : lines(root.resolve("proc/self/cgroup"))) {
            String[] parts = line.split(":", 3);
            if (parts.length == 3 && parts[1].isEmpty()) {
                least = least.orLess(group(root.resolve("sys/fs/cgroup"), parts[2], "memory.max", "memory.current", "inactive_file"));
            } else if (parts.length == 3 && List.of(parts[1].split(",")).contains("memory")) {
                least = least.orLess(group(root.resolve("sys/fs/cgroup/memory"), parts[2], "memory.limit_in_bytes", "memory.usage_in_bytes",
                        "total_inactive_file"));
            }
        }
        return least;
    }

    private Room orLess(Room other) {
        return other.bytes < bytes ? other : this;
    }

    private static long machine(Path root) {
        return lines(root.resolve("proc/meminfo")).stream().filter(line -> line.startsWith("MemAvailable:"))
                .map(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024).findFirst().orElse(UNLIMITED);
    }

    /** The group and those that it is in. */
    private static Room group(Path mount, String name, String limit, String usage, String reclaimable) {
        Room least = new Room(UNLIMITED, "");
        Path group = mount.resolve(name.replaceFirst("^/+", "")).normalize();
        while (group.startsWith(mount)) {
            long most = number(group.resolve(limit));
            if (most != UNLIMITED) {
                long used = Math.max(0, number(group.resolve(usage)) - cache(group, reclaimable));
                least = least.orLess(new Room(Math.max(0, most - used), "control group /" + mount.relativize(group)));
            }
            group = group.getParent();
        }
        return least;
    }

    /** Pages of files that the system gives up when memory is short. */
    private static long cache(Path group, String reclaimable) {
        return lines(group.resolve("memory.stat")).stream().filter(line -> line.startsWith(reclaimable + " "))
                .map(line -> Long.parseLong(line.substring(reclaimable.length() + 1).strip())).findFirst().orElse(0L);
    }

    private static long number(Path file) {
        List<String> lines = lines(file);
        return !lines.isEmpty() && lines.getFirst().matches("\\d{1,18}") ? Long.parseLong(lines.getFirst()) : UNLIMITED;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.isReadable(file) ? Files.readAllLines(file) : new ArrayList<>();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Bytes for people. */
    static String words(long bytes) {
        return String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
    }
}
