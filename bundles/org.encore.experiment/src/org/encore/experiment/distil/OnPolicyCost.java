package org.encore.experiment.distil;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;

/** What sequences of the student's own cost, and how many there were; goes on over a kill. */
public final class OnPolicyCost {

    /** Name of the result's file. */
    public static final String FILE = "on-policy.json";
    private static final double NANO = 1e9;

    private double freshBatches;
    private double replayedBatches;
    private double dataBatches;
    private double outputs;
    private double generatingSeconds;
    private double scoringSeconds;
    private double beforeSeconds;
    private final long begun = System.nanoTime();

    /**
     * What it came to.
     *
     * @param fresh updates from sequences drawn for them
     * @param replayed updates from sequences drawn for earlier ones
     * @param data updates from the data alone
     * @param outputs that the student wrote
     * @param generating seconds of writing, the handing over of weights included
     * @param scoring seconds of the teacher
     * @param all seconds of the whole training
     */
    public record Report(long fresh, long replayed, long data, long outputs, double generating, double scoring, double all) {

        /** What a stage left; empty if no student wrote anything. */
        public static Optional<Report> read(Path folder) throws IOException {
            Path file = folder.resolve(FILE);
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            try {
                return Optional.ofNullable(new Gson().fromJson(Files.readString(file), Report.class));
            } catch (JsonParseException e) {
                throw new IOException(file + " is damaged: " + e.getMessage() + ". Delete its folder and run the experiment again.", e);
            }
        }

        void write(Path folder) throws IOException {
            Files.writeString(folder.resolve(FILE), new GsonBuilder().setPrettyPrinting().create().toJson(this));
        }

        /** A line for people. */
        String words() {
            return String.format(Locale.ROOT, "%,d of %,d updates learnt from %,d sequences of the student (%,d of them again): writing took %.1f s, "
                    + "%.0f %% of the time, the teacher's comments %.1f s, %.0f %%", fresh + replayed, fresh + replayed + data, outputs, replayed, generating,
                    100 * generating / all, scoring, 100 * scoring / all);
        }
    }

    void fresh(int rows) {
        freshBatches++;
        outputs += rows;
    }

    void replayed() {
        replayedBatches++;
    }

    void data() {
        dataBatches++;
    }

    <T> T generating(Supplier<T> work) {
        long start = System.nanoTime();
        try {
            return work.get();
        } finally {
            generatingSeconds += (System.nanoTime() - start) / NANO;
        }
    }

    <T> T scoring(Supplier<T> work) {
        long start = System.nanoTime();
        try {
            return work.get();
        } finally {
            scoringSeconds += (System.nanoTime() - start) / NANO;
        }
    }

    Report report() {
        return new Report((long) freshBatches, (long) replayedBatches, (long) dataBatches, (long) outputs, generatingSeconds, scoringSeconds, seconds());
    }

    private double seconds() {
        return beforeSeconds + (System.nanoTime() - begun) / NANO;
    }

    double[] numbers() {
        return new double[] {freshBatches, replayedBatches, dataBatches, outputs, generatingSeconds, scoringSeconds, seconds()};
    }

    /** @param numbers of a process before */
    void restore(double[] numbers) {
        freshBatches = numbers[0];
        replayedBatches = numbers[1];
        dataBatches = numbers[2];
        outputs = numbers[3];
        generatingSeconds = numbers[4];
        scoringSeconds = numbers[5];
        beforeSeconds = numbers[6];
    }
}
