package org.encore.listeners.mlflow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What did not reach MLflow, and why. Safe for use by several threads. */
final class Losses {

    private long values;
    private final Map<String, Integer> others = new LinkedHashMap<>();
    private String reason = "it is too slow";

    /** Remembers the last thing that went wrong, whether or not anything is lost by it. */
    synchronized void because(String what) {
        reason = what;
    }

    synchronized void values(long count) {
        values += count;
    }

    /** @param what one of it, such as {@code the state of one MLflow run} */
    synchronized void other(String what) {
        others.merge(what, 1, Integer::sum);
    }

    /**
     * All of it in one sentence; empty if nothing is lost.
     *
     * @param dropped values that were not even tried
     * @param place that it did not reach
     */
    synchronized Optional<String> told(long dropped, String place) {
        var parts = new ArrayList<String>();
        if (values + dropped > 0) {
            parts.add(String.format(Locale.ROOT, "%,d values", values + dropped));
        }
        others.forEach((what, count) -> parts.add(count == 1 ? what : count + " times " + what));
        return parts.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", parts) + " did not reach " + place + " (" + reason
                + "). The run's folder has everything. Run the experiment again to have it told anew; what is done is not done again.");
    }
}
