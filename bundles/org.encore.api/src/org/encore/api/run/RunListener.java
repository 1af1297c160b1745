package org.encore.api.run;

import java.nio.file.Path;
import java.time.Instant;

/** Follows a run as it happens. Contributed through the extension point {@code org.encore.api.runListeners}; called by one thread. */
public interface RunListener {

    /**
     * @param run the run's folder
     * @param time when it happened
     * @param event what happened
     */
    void on(Path run, Instant time, Event event);
}
