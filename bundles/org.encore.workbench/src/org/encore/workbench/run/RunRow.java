package org.encore.workbench.run;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;

/**
 * A run in the list.
 *
 * @param path of its folder
 * @param status running, done, failed or stopped; or for how long a running one has said nothing
 * @param experiment name
 * @param started when a process last began to work on it
 */
public record RunRow(Path path, String status, String experiment, Instant started) {

    public String name() {
        return path.getFileName().toString();
    }

    /** Whether a word is in what is known of it. */
    boolean holds(String word) {
        return (name() + " " + status + " " + experiment).toLowerCase(Locale.ROOT).contains(word.strip().toLowerCase(Locale.ROOT));
    }
}
