package org.encore.experiment.result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.encore.bench.RaceResult;

/** Every turn of a race: {@code samples.csv} in the folder of a benchmark, with what the system told of it. */
public final class SampleFile {

    private static final String FILE = "samples.csv";
    private static final String HEADER = "cell,repeat,firstTokenMillis,perTokenMillis,voided,wallMillis,cores,stealMillis,waitMillis,foreignMillis";
    private static final String UNKNOWN = ",,,,";
    /** Fields after the cell, whose name may hold a comma. */
    private static final int AFTER_CELL = 9;

    private SampleFile() {}

    /**
     * One turn.
     *
     * @param cell that had it; {@link org.encore.bench.Race#AGAIN} for the second turns of the first
     * @param repeat from 0
     * @param firstTokenMillis source in, first token chosen
     * @param perTokenMillis each later token
     * @param voided whether its repeat was disturbed, by the rule fixed beforehand
     */
    public record Turn(String cell, int repeat, double firstTokenMillis, double perTokenMillis, boolean voided) {}

    /** Writes the file. */
    public static void write(Path folder, RaceResult race) throws IOException {
        Set<Integer> voided = race.voided();
        var lines = new ArrayList<>(List.of(HEADER));
        race.samples().forEach(s -> {
            String evidence = s.evidence().map(e -> String.format(Locale.ROOT, "%.3f,%d,%.0f,%.3f,%.3f", e.wallMillis(), e.cores(), e.stealMillis(),
                    e.waitMillis(), e.foreignMillis())).orElse(UNKNOWN);
            lines.add(s.contestant() + "," + s.repeat() + "," + s.firstTokenMillis() + "," + s.perTokenMillis() + "," + voided.contains(s.repeat())
                    + "," + evidence);
        });
        Files.write(folder.resolve(FILE), lines);
    }

    /**
     * Reads the file; nothing if it is not there.
     *
     * @throws IOException if it is damaged; the message names the line
     */
    public static List<Turn> read(Path folder) throws IOException {
        return Rows.read(folder.resolve(FILE), HEADER, fields -> {
            int cell = fields.length - AFTER_CELL;
            return new Turn(String.join(",", List.of(fields).subList(0, cell)), Integer.parseInt(fields[cell]), Double.parseDouble(fields[cell + 1]),
                    Double.parseDouble(fields[cell + 2]), Boolean.parseBoolean(fields[cell + 3]));
        });
    }
}
