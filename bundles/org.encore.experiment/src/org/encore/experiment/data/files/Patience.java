package org.encore.experiment.data.files;

import java.time.Duration;

/**
 * How long a download waits.
 *
 * @param connect for a connection and for the beginning of an answer
 * @param silence for the next bytes
 * @param backOff before the second attempt
 */
public record Patience(Duration connect, Duration silence, Duration backOff) {

    /** For servers on the internet. */
    public static final Patience USUAL = new Patience(Duration.ofSeconds(20), Duration.ofSeconds(30), Duration.ofSeconds(2));
}
