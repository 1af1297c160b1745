package org.encore.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import org.encore.experiment.result.Csv;
import org.encore.experiment.result.RecordFile;

/** A comparison on disk: {@code comparison.json}, which is read again, and {@code contrasts.csv} for other programs (RFC 4180). */
final class ComparisonFile {

    private static final String JSON = "comparison.json";
    private static final String TABLE = "contrasts.csv";

    private ComparisonFile() {}

    static void write(Path folder, Comparison comparison) throws IOException {
        RecordFile.write(folder.resolve(JSON), comparison);
        var lines = new ArrayList<>(List.of("subject,first,second,place,quantity,split,unit,firstValue,secondValue,difference,low,high,count,basis,"
                + "verdict,margin,primary,p"));
        comparison.contrasts().forEach(contrast -> lines.add(line(contrast)));
        Files.write(folder.resolve(TABLE), lines);
    }

    static Optional<Comparison> read(Path folder) throws IOException {
        return RecordFile.read(folder.resolve(JSON), Comparison.class);
    }

    private static String line(Contrast c) {
        return Csv.line(Arrays.asList(c.subject(), c.first(), c.second(), place(c.place()), c.quantity(), c.split(), c.unit(), c.firstValue(),
                c.secondValue(), c.difference(), c.low(), c.high(), c.count(), c.basis(), c.verdict(), c.margin(), c.primary(), c.p()));
    }

    private static String place(Map<String, String> place) {
        return place.entrySet().stream().map(axis -> axis.getKey() + "=" + axis.getValue()).collect(Collectors.joining(" "));
    }
}
