package org.encore.experiment.job;

import java.nio.file.Path;

/** How a job ended. */
public sealed interface Outcome {

    /**
     * The result is there.
     *
     * @param result its folder
     * @param seconds that the work took; 0 if it was done before
     */
    record Done(Path result, double seconds) implements Outcome {
        /** Whether nothing had to be done. */
        public boolean cached() {
            return seconds == 0;
        }
    }

    /**
     * It failed.
     *
     * @param message one sentence
     * @param details for a developer, such as a stack trace
     */
    record Failed(String message, String details) implements Outcome {}

    /** It was stopped, and goes on where it stood when asked again. */
    record Stopped() implements Outcome {}
}
