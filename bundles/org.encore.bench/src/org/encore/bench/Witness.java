package org.encore.bench;

import java.nio.file.Path;
import java.util.Optional;

/** What can say how disturbed a measurement was without looking at what was measured. */
public interface Witness {

    /** What the system has counted up to now; nothing where it does not tell: then no repeat can be voided. */
    Optional<Counters> counters();

    /** Milliseconds that a reading wants to be apart from the one before, so that it disturbs few turns. */
    default double restMillis() {
        return 0;
    }

    /** The system that this process runs on: Linux tells, others do not. */
    static Witness ofThisProcess() {
        return new ProcFiles(Path.of("/proc"));
    }

    /** One that knows nothing. */
    static Witness none() {
        return Optional::empty;
    }
}
