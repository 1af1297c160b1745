package org.encore.listeners.mlflow;

import java.time.Duration;

/**
 * How long things may take, and how much may wait.
 *
 * @param gather how long values are gathered before they are sent
 * @param retry wait before the first repetition; doubled each time
 * @param longest wait between repetitions
 * @param answer time for one request
 * @param close time that the end of the run waits for what is left
 * @param waiting events that may wait, about 200 bytes each
 */
public record Pace(Duration gather, Duration retry, Duration longest, Duration answer, Duration close, int waiting) {

    public static final Pace STANDARD = new Pace(Duration.ofSeconds(1), Duration.ofMillis(500), Duration.ofSeconds(60), Duration.ofSeconds(20),
            Duration.ofSeconds(5), 20_000);

    /** The pause before a repetition, somewhat random, so that many processes do not come back together. @param failures so far, from 1 */
    Duration pause(int failures) {
        double doubled = retry.toMillis() * Math.pow(2, Math.min(failures - 1, 20));
        return Duration.ofMillis((long) (Math.min(doubled, longest.toMillis()) * (0.75 + Math.random() / 2)));
    }
}
