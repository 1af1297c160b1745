package org.encore.experiment.result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.encore.api.run.StageContext;
import org.encore.bench.Protocol;
import org.encore.bench.Race;
import org.encore.bench.RaceResult;
import org.encore.bench.Sample;
import org.encore.bench.Warmup;

import com.google.gson.GsonBuilder;

/**
 * What a benchmark had measured when it was stopped: in the run's folder, marked, and gone as soon as the measurement is whole. It is no result: a
 * run that goes on measures anew, because a race that was interrupted has no common warm-up.
 */
public final class Partial {

    private static final String FOLDER = "partial";

    private Partial() {}

    /** Of the repeats in which every model had its turn; empty if there is none. Warm-up is over if one is, and how long it was is not known. */
    public static Optional<RaceResult> race(Protocol protocol, List<String> contestants, List<Sample> samples) {
        Set<String> all = new HashSet<>(contestants);
        all.add(Race.AGAIN);
        Set<Integer> whole = samples.stream().collect(Collectors.groupingBy(Sample::repeat, Collectors.mapping(Sample::contestant,
                Collectors.toSet())))
                .entrySet().stream().filter(repeat -> repeat.getValue().equals(all)).map(java.util.Map.Entry::getKey).collect(Collectors.toSet());
        List<Sample> kept = samples.stream().filter(sample -> whole.contains(sample.repeat())).toList();
        return kept.isEmpty() ? Optional.empty() : Optional.of(new RaceResult(protocol, contestants, new Warmup(protocol.warmup(), false), kept));
    }

    /** Keeps it. */
    public static void keep(StageContext context, RaceResult race, BenchmarkSummary summary) throws IOException {
        Path folder = Files.createDirectories(folder(context.runFolder(), context.variants().getFirst().cell()));
        SampleFile.write(folder, race);
        TokenFile.write(folder, race);
        Files.writeString(folder.resolve("summary.json"),
                new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().serializeSpecialFloatingPointValues().create().toJson(summary));
    }

    /** The whole is there. */
    public static void forget(StageContext context) throws IOException {
        Path folder = folder(context.runFolder(), context.variants().getFirst().cell());
        for (String file : List.of("samples.csv", "tokens.csv", "summary.json")) {
            Files.deleteIfExists(folder.resolve(file));
        }
        Files.deleteIfExists(folder);
    }

    /** Where the part of a measurement lies. @param cell first that was measured in it */
    static Path folder(Path run, String cell) {
        return run.resolve(FOLDER).resolve("benchmark-" + cell);
    }
}
