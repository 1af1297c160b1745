package org.encore.experiment.distil;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

import org.encore.bench.device.EnergyCounters;
import org.encore.experiment.result.RecordFile;

/**
 * Counts the energy of this machine while a teacher works, over all attempts at the same work: each reading is added to what a killed process left,
 * and is safe when {@link #lap} returns. Leaves {@code energy.json}.
 */
public final class TeacherEnergy {

    private static final String NAME = "energy.json";

    private final EnergyCounters counters;
    private final Path scratch;
    private Reading reading;

    /**
     * What was read.
     *
     * @param joules of all counters together; nothing if some are missing
     * @param counters that were read, such as {@code package-0}
     * @param missing why nothing is known, in a few words; empty if something is
     */
    public record Reading(double joules, List<String> counters, String missing) {

        private static final Reading UNKNOWN = new Reading(0, List.of(), "it was not counted");

        /** Empty if it is not known. */
        public OptionalDouble known() {
            return missing.isEmpty() ? OptionalDouble.of(joules) : OptionalDouble.empty();
        }

        private Reading and(OptionalDouble more) {
            String why = missing.isEmpty() && more.isEmpty() ? "a counter could no longer be read" : missing;
            return new Reading(joules + more.orElse(0), counters, why);
        }

        /** What a stage left; unknown if it left nothing. */
        public static Reading read(Path folder) throws IOException {
            return RecordFile.read(folder.resolve(NAME), Reading.class).orElse(UNKNOWN);
        }
    }

    private TeacherEnergy(EnergyCounters counters, Path scratch, Reading reading) {
        this.counters = counters;
        this.scratch = scratch;
        this.reading = reading;
    }

    /** Begins, or goes on where a killed process stood. @param scratch folder that survives a kill */
    public static TeacherEnergy begin(EnergyCounters counters, Path scratch) throws IOException {
        Optional<Reading> before = RecordFile.read(scratch.resolve(NAME), Reading.class);
        return new TeacherEnergy(counters, scratch, before.orElse(new Reading(0, counters.names(), counters.missing())));
    }

    /** Adds what was taken since the last call. */
    public void lap() throws IOException {
        reading = reading.and(counters.lap());
        RecordFile.write(scratch.resolve(NAME), reading);
    }

    /** The last lap; writes the result. */
    public void finish(Path output) throws IOException {
        lap();
        RecordFile.write(output.resolve(NAME), reading);
    }
}
