package org.encore.bench.device;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Energy that processors and their memory take, by the system's counters (Linux powercap, which shows RAPL of Intel and AMD). Counted are the
 * packages and the memory beside them; cores and graphics are a part of their package, and are not counted twice. Whatever runs on the machine is in
 * it. Not thread-safe.
 */
public final class EnergyCounters {

    private static final double MICRO = 1e6;
    /** A package, or a part of one; the same ones are shown again under other names. */
    private static final String ZONE = "intel-rapl:\\d+(:\\d+)?";

    private final List<Zone> zones = new ArrayList<>();
    private final String missing;

    /** One counter, which begins again at 0 behind its range. */
    private static final class Zone {

        private final String name;
        private final Path counter;
        private final long range;
        private long before;

        Zone(String name, Path counter, long range, long before) {
            this.name = name;
            this.counter = counter;
            this.range = range;
            this.before = before;
        }

        OptionalLong sinceBefore() {
            OptionalLong now = number(counter);
            if (now.isEmpty()) {
                return now;
            }
            long taken = now.getAsLong() - before;
            before = now.getAsLong();
            return OptionalLong.of(taken < 0 ? Math.max(0, taken + range) : taken);
        }
    }

    private EnergyCounters(Path folder) {
        var closed = new ArrayList<Path>();
        for (Path zone : SystemFiles.children(folder, ZONE)) {
            String name = SystemFiles.line(zone.resolve("name")).orElse("");
            Path counter = zone.resolve("energy_uj");
            if ((name.startsWith("package") || name.equals("dram")) && Files.exists(counter)) {
                OptionalLong now = number(counter);
                if (now.isPresent()) {
                    zones.add(new Zone(name, counter, number(zone.resolve("max_energy_range_uj")).orElse(0), now.getAsLong()));
                } else {
                    closed.add(counter);
                }
            }
        }
        missing = zones.stream().anyMatch(zone -> zone.name.startsWith("package")) ? "" : closed.isEmpty() ? "this system shows no energy counters"
                : "its counters may be read by root only (sudo chmod a+r " + closed.getFirst() + ")";
    }

    /** Of this machine. */
    public static EnergyCounters here() {
        return of(Path.of("/sys"));
    }

    /** Read below another folder than {@code /sys}. */
    public static EnergyCounters of(Path sys) {
        return new EnergyCounters(sys.resolve("class/powercap"));
    }

    /** Why nothing is counted, in a few words; empty if something is. */
    public String missing() {
        return missing;
    }

    /** What is counted, such as {@code package-0}. */
    public List<String> names() {
        return missing.isEmpty() ? zones.stream().map(zone -> zone.name).toList() : List.of();
    }

    /**
     * Energy since the call before, or since this was made. A counter begins again behind its range (of a package under load after about an hour), so
     * it has to be asked more often than that.
     *
     * @return joules; empty if nothing is counted, or can no longer be read
     */
    public OptionalDouble lap() {
        if (!missing.isEmpty()) {
            return OptionalDouble.empty();
        }
        long sum = 0;
        for (Zone zone : zones) {
            OptionalLong taken = zone.sinceBefore();
            if (taken.isEmpty()) {
                return OptionalDouble.empty();
            }
            sum += taken.getAsLong();
        }
        return OptionalDouble.of(sum / MICRO);
    }

    private static OptionalLong number(Path file) {
        String text = SystemFiles.line(file).orElse("");
        return text.matches("\\d{1,18}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }
}
