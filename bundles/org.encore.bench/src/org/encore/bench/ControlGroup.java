package org.encore.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The limits that Linux control groups set to a process, of version 1 or 2: the tightest of its group and all groups around it. A container or a
 * cluster's job has less than its machine; timing depends on what it has.
 *
 * @param membership the file that names the process's groups
 * @param root where the groups are mounted
 */
public record ControlGroup(Path membership, Path root) {

    /** Version 1 writes a number near 2^63 for no limit, rounded down to whole pages. */
    private static final long NO_LIMIT = 1L << 62;

    /** The groups of this process. */
    public static ControlGroup ofThisProcess() {
        return new ControlGroup(Path.of("/proc/self/cgroup"), Path.of("/sys/fs/cgroup"));
    }

    /** Processor time per time, in cores; empty for no limit. */
    public OptionalDouble cores() {
        DoubleStream one = folders("cpu")
                .map(folder -> quota(number(folder.resolve("cpu.cfs_quota_us")), number(folder.resolve("cpu.cfs_period_us"))))
                .flatMapToDouble(OptionalDouble::stream);
        DoubleStream two = folders("").flatMap(folder -> line(folder.resolve("cpu.max")).stream()).map(line -> line.split(" "))
                .filter(parts -> parts.length == 2).map(parts -> quota(whole(parts[0]), whole(parts[1]))).flatMapToDouble(OptionalDouble::stream);
        return DoubleStream.concat(one, two).min();
    }

    /** Memory in bytes; empty for no limit. */
    public OptionalLong memoryBytes() {
        return LongStream.concat(numbers("memory", "memory.limit_in_bytes"), numbers("", "memory.max")).filter(bytes -> bytes < NO_LIMIT).min();
    }

    private LongStream numbers(String controller, String file) {
        return folders(controller).map(folder -> number(folder.resolve(file))).flatMapToLong(OptionalLong::stream);
    }

    private static OptionalDouble quota(OptionalLong quota, OptionalLong period) {
        return quota.isPresent() && quota.getAsLong() > 0 && period.isPresent() && period.getAsLong() > 0
                ? OptionalDouble.of((double) quota.getAsLong() / period.getAsLong()) : OptionalDouble.empty();
    }

    /** The group's folder and those around it; the empty controller is version 2. */
    private Stream<Path> folders(String controller) {
        Path top = controller.isEmpty() ? root : root.resolve(controller);
        Optional<String> group = lines().stream().map(line -> line.split(":", 3))
                .filter(parts -> parts.length == 3 && List.of(parts[1].split(",")).contains(controller)).map(parts -> parts[2]).findFirst();
        Function<String, Path> inside = name -> top.resolve(name.replaceFirst("^/+", "")).normalize();
        return group.map(inside).filter(folder -> folder.startsWith(top))
                .map(folder -> Stream.iterate(folder, around -> around != null && around.startsWith(top), Path::getParent)).orElse(Stream.empty());
    }

    private List<String> lines() {
        try {
            return Files.readAllLines(membership);
        } catch (IOException e) {
            return List.of();   // no control groups here: no limits
        }
    }

    private static Optional<String> line(Path file) {
        try (var lines = Files.lines(file)) {
            return lines.findFirst().map(String::strip);
        } catch (IOException e) {
            return Optional.empty();   // this group does not control it
        }
    }

    private static OptionalLong number(Path file) {
        return line(file).map(ControlGroup::whole).orElse(OptionalLong.empty());
    }

    /** A number; {@code max} is none. */
    private static OptionalLong whole(String text) {
        try {
            return OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
