package org.encore.listeners.mlflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

import org.encore.api.Sha256;
import org.encore.listeners.series.Reason;

/**
 * What makes a run of Encore known to MLflow again, in {@code mlflow.txt} in the run's folder: a process that resumes the run goes on with the same
 * MLflow runs.
 *
 * @param file in the run's folder
 * @param token of its own, random
 * @param gaps whether an earlier process has lost values, so that all are told again
 */
record Identity(Path file, String token, boolean gaps) {

    private static final String GAPS = "gaps";
    private static final int DIGITS = 32;

    static Identity of(Path run) throws IOException {
        Path file = run.resolve("mlflow.txt");
        try {
            List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
            if (!lines.isEmpty() && !lines.getFirst().isBlank()) {
                return new Identity(file, lines.getFirst(), lines.contains(GAPS));
            }
            String token = UUID.randomUUID().toString();
            Files.writeString(file, token + "\n");
            return new Identity(file, token, false);
        } catch (IOException e) {
            throw new IOException(file + " cannot be written (" + Reason.of(e) + ")", e);
        }
    }

    /**
     * Remembers whether values are lost. If it cannot be written they are missing for good, which the end of the run tells, or told once too often.
     */
    void remember(boolean lost) {
        try {
            Files.writeString(file, token + "\n" + (lost ? GAPS + "\n" : ""));
        } catch (IOException e) {
            // see above
        }
    }

    /** 32 hexadecimal digits for a model, or for the whole run if the cell is empty; the same in every process that works on the run. */
    String of(String experiment, String cell) {
        return Sha256.of(token + "\n" + experiment + "\n" + cell).substring(0, DIGITS);
    }
}
