package org.encore.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What numbers were measured on. */
public final class Machine {

    private static final String UNKNOWN = "unknown";
    private static final String NO_LIMIT = "no limit";

    private Machine() {}

    /** Everything about machine and system that timing depends on, by name. */
    public static Map<String, String> environment() {
        var facts = new LinkedHashMap<String, String>();
        facts.put("processor", processor());
        facts.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
        facts.put("memory", memory());
        ControlGroup group = ControlGroup.ofThisProcess();
        facts.put("cgroupCores", group.cores().isPresent() ? Double.toString(group.cores().getAsDouble()) : NO_LIMIT);
        facts.put("cgroupMemoryBytes", group.memoryBytes().isPresent() ? Long.toString(group.memoryBytes().getAsLong()) : NO_LIMIT);
        facts.put("governor", read("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor"));
        facts.put("load", read("/proc/loadavg"));
        facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version") + " " + System.getProperty("os.arch"));
        facts.put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
        return facts;
    }

    /** What must be equal for one measurement to stand for another: host, processor, cores, Java. */
    public static String fingerprint() {
        return Fingerprint.TEXT;
    }

    /** Made once: jobs that measure ask for it by the hundred. */
    private static final class Fingerprint {
        private static final String TEXT = String.join("; ", host(), processor(), Integer.toString(Runtime.getRuntime().availableProcessors()), memory(),
                System.getProperty("java.runtime.version"));
    }

    /** Architecture and extensions of the processor that change how sums are made: two machines with equal ones compute equal bits with equal libraries. */
    public static String instructionSet() {
        return InstructionSet.TEXT;
    }

    /** Read once: jobs ask for it by the thousand. */
    private static final class InstructionSet {
        private static final String TEXT = read();

        private static String read() {
            String flags = field("/proc/cpuinfo", "flags");
            var extensions = java.util.Arrays.stream(flags.split(" ")).filter(flag -> flag.matches("sse4_2|avx.*|fma|amx.*|f16c|asimd.*|sve.*|bf16")).sorted().toList();
            return System.getProperty("os.arch") + " " + String.join(" ", extensions);
        }
    }

    /** Memory of the machine in bytes; the largest number if it is not known. */
    public static long memoryBytes() {
        String total = memory();
        return total.equals(UNKNOWN) ? Long.MAX_VALUE : Long.parseLong(total.replaceAll("\\D", "")) * 1024;
    }

    /** As the system calls it, which asks no name server. */
    private static String host() {
        String host = read("/proc/sys/kernel/hostname");
        if (!host.equals(UNKNOWN)) {
            return host;
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return UNKNOWN;
        }
    }

    private static String processor() {
        return field("/proc/cpuinfo", "model name");
    }

    private static String memory() {
        return field("/proc/meminfo", "MemTotal");
    }

    private static String field(String file, String name) {
        try (var lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(name)).findFirst().map(line -> line.substring(line.indexOf(':') + 1).strip()).orElse(UNKNOWN);
        } catch (IOException e) {
            return UNKNOWN;
        }
    }

    private static String read(String file) {
        try (var lines = Files.lines(Path.of(file))) {
            return lines.collect(Collectors.joining(" ")).strip();
        } catch (IOException e) {
            return UNKNOWN;
        }
    }

    /**
     * The largest resident memory of this process so far, in bytes.
     *
     * @throws org.encore.api.Unavailable where the system does not tell
     */
    public static long peakResidentBytes() {
        String peak = field("/proc/self/status", "VmHWM");
        if (peak.equals(UNKNOWN)) {
            throw new org.encore.api.Unavailable("this system does not tell a process's peak memory", "Measure memory on Linux.");
        }
        return Long.parseLong(peak.replaceAll("\\D", "")) * 1024;
    }
}
