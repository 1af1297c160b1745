package org.encore.experiment.result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.encore.bench.RaceResult;
import org.encore.bench.Sample;

/**
 * Times of single tokens: {@code tokens.csv} in the folder of a benchmark, a line for each turn and its later tokens in order after the fields of the
 * turn.
 */
public final class TokenFile {

    private static final String FILE = "tokens.csv";
    private static final String HEADER = "cell,repeat,laterMillis...";

    private TokenFile() {}

    /** Writes the file. */
    public static void write(Path folder, RaceResult race) throws IOException {
        var lines = new ArrayList<>(List.of(HEADER));
        for (Sample sample : race.samples()) {
            var line = new StringBuilder(sample.contestant()).append(',').append(sample.repeat());
            sample.laterMillis().forEach(millis -> line.append(String.format(Locale.ROOT, ",%.4f", millis)));
            lines.add(line.toString());
        }
        Files.write(folder.resolve(FILE), lines);
    }
}
