package org.encore.bench.device;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

import org.encore.api.Availability;
import org.encore.bench.ControlGroup;
import org.encore.bench.Machine;

/**
 * What this process may use of its machine, as the system tells it.
 *
 * @param processor name
 * @param threads that numeric work uses: what affinity and control group leave
 * @param machineThreads of the machine
 * @param affinity processors that this process may run on, such as {@code 0-3,8}
 * @param groupCores that control groups leave, in processors' worth of time; empty for no limit
 * @param instructionSet architecture and extensions that change how sums are made
 * @param caches of the first processor, such as {@code L3 32768K}
 * @param memoryBytes of the machine
 * @param groupMemoryBytes that control groups leave; empty for no limit
 * @param availableBytes of memory that could be taken now
 * @param nodes of memory: where there are several, reading from another one's is slower
 * @param energy counters by name, each tried; one entry with a reason if there are none
 */
public record Hardware(String processor, int threads, int machineThreads, String affinity, OptionalDouble groupCores, String instructionSet,
        List<String> caches, long memoryBytes, OptionalLong groupMemoryBytes, OptionalLong availableBytes, List<Node> nodes, List<Counter> energy) {

    private static final String UNKNOWN = "unknown";

    /** One node of memory. @param processors that are near it */
    public record Node(int number, String processors) {}

    /** One counter of energy, such as {@code package-0}. */
    public record Counter(String name, Availability availability) {}

    /** Of this process. */
    public static Hardware here() {
        return of(Path.of("/proc"), Path.of("/sys"), ControlGroup.ofThisProcess());
    }

    /** Read below other folders than the system's. */
    public static Hardware of(Path proc, Path sys, ControlGroup group) {
        Path cpuInfo = proc.resolve("cpuinfo");
        int all = (int) SystemFiles.lines(cpuInfo).stream().filter(line -> line.matches("processor\\s*:.*")).count();
        int threads = Runtime.getRuntime().availableProcessors();
        return new Hardware(field(cpuInfo, "model name").orElse(UNKNOWN), threads, Math.max(all, threads),
                field(proc.resolve("self/status"), "Cpus_allowed_list").orElse(UNKNOWN), group.cores(), Machine.instructionSet(), caches(sys),
                kilobytes(proc.resolve("meminfo"), "MemTotal").orElse(Long.MAX_VALUE), group.memoryBytes(), kilobytes(proc.resolve("meminfo"),
                "MemAvailable"),
                nodes(sys), energy(sys));
    }

    /** Bytes that a process may take at most: the machine's, or what control groups leave. */
    public long usableBytes() {
        return Math.min(memoryBytes, groupMemoryBytes.orElse(memoryBytes));
    }

    private static List<String> caches(Path sys) {
        var caches = new ArrayList<String>();
        for (Path cache : SystemFiles.children(sys.resolve("devices/system/cpu/cpu0/cache"), "index\\d+")) {
            Optional<String> size = SystemFiles.line(cache.resolve("size"));
            Optional<String> level = SystemFiles.line(cache.resolve("level"));
            if (size.isPresent() && level.isPresent() && !SystemFiles.line(cache.resolve("type")).orElse("").equals("Instruction")) {
                caches.add("L" + level.get() + " " + size.get());
            }
        }
        return caches;
    }

    private static List<Node> nodes(Path sys) {
        return SystemFiles.children(sys.resolve("devices/system/node"), "node\\d+").stream().map(node -> new Node(
                Integer.parseInt(node.getFileName().toString().substring("node".length())), SystemFiles.line(node.resolve("cpulist")).orElse(UNKNOWN))).toList();
    }

    private static List<Counter> energy(Path sys) {
        Path folder = sys.resolve("class/powercap");
        var counters = new ArrayList<Counter>();
        for (Path zone : SystemFiles.children(folder, ".*")) {
            Path counter = zone.resolve("energy_uj");
            if (Files.exists(counter)) {
                String name = SystemFiles.line(zone.resolve("name")).orElse(zone.getFileName().toString());
                counters.add(new Counter(name, SystemFiles.line(counter).<Availability>map(microjoules -> new Availability.Present("readable, at " + microjoules
                        + " µJ"))
                        .orElseGet(() -> new Availability.Missing(counter + " may be read by root only", "To permit it: sudo chmod a+r "
                        + counter))));
            }
        }
        if (counters.isEmpty()) {
            counters.add(new Counter("energy", new Availability.Missing("this system shows no energy counters in " + folder,
                    "Virtual machines rarely pass them on; on hardware of one's own: sudo modprobe intel_rapl_msr")));
        }
        return counters;
    }

    private static Optional<String> field(Path file, String name) {
        return SystemFiles.lines(file).stream().filter(line -> line.startsWith(name)).findFirst().map(line -> line.substring(line.indexOf(':') + 1).strip());
    }

    private static OptionalLong kilobytes(Path file, String name) {
        return field(file, name).map(text -> OptionalLong.of(Long.parseLong(text.replaceAll("\\D", "")) * 1024)).orElse(OptionalLong.empty());
    }
}
