package org.encore.listeners.mlflow;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.encore.listeners.series.Point;

/**
 * Where MLflow runs are kept. Called by one thread; calls may take long. Each throws {@link Refusal} if there is no use in repeating it, and another
 * {@link IOException} if there is.
 */
interface Tracking extends AutoCloseable {

    /** The tag that says why a run failed; empty or absent on one that goes on. */
    String FAILURE = "encore.failure";

    /**
     * What an MLflow run is.
     *
     * @param identity 32 hexadecimal digits, by which it is found again
     * @param experiment that it belongs to
     * @param name for people
     * @param started when
     * @param tags short texts that may change
     * @param parameters what it was made with; those that are known already stay as they are
     */
    record Wanted(String identity, String experiment, String name, Instant started, Map<String, String> tags, Map<String, String> parameters) {}

    /**
     * An MLflow run that is there.
     *
     * @param id in MLflow
     * @param latest series to the last step that is known of it
     */
    record Known(String id, Map<String, Long> latest) {}

    /** How an MLflow run ends. The numbers are those of {@code RunStatus} in MLflow's {@code service.proto}. */
    enum Ending {
        FINISHED(3), FAILED(4), KILLED(5);

        private final int number;

        Ending(int number) {
            this.number = number;
        }

        int number() {
            return number;
        }
    }

    /** Finds the run of this identity, or makes it; its state is running then. */
    Known open(Wanted run) throws IOException;

    /** Adds values, all or none. */
    void metrics(Known run, List<Point> points) throws IOException;

    void tag(Known run, String key, String value) throws IOException;

    void end(Known run, Ending ending, Instant time) throws IOException;

    /** Keeps a copy of a small file. Nothing happens where artifacts are kept apart. */
    void artifact(Known run, Path file) throws IOException;

    /** Folder or address, for messages. */
    String place();

    @Override
    void close();
}
