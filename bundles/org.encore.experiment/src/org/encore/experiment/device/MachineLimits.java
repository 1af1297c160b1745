package org.encore.experiment.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import org.encore.api.device.ChosenRuntimes;
import org.encore.api.device.Probe.Limit;
import org.encore.bench.Machine;
import org.encore.experiment.process.Folders;
import org.encore.experiment.run.WholeFile;
import org.encore.experiment.store.Digests;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;

/**
 * What this machine reached, by every probe that can measure here. Kept in the user's cache for each machine, because roofs change less than what is
 * measured under them; {@code encore devices --measure} takes them anew.
 *
 * @param machine fingerprint
 * @param when it was measured
 * @param threads that measured
 * @param reached one entry for each probe
 */
public record MachineLimits(String machine, String when, int threads, List<Reached> reached) {

    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    /**
     * What one probe reached, per second.
     *
     * @param probe id
     * @param device of which hardware
     * @param limit which
     * @param best of all attempts: the nearest to the limit, which nothing exceeds
     * @param median of the attempts
     * @param low lower quartile of the attempts
     * @param high upper quartile
     * @param attempts number of them
     * @param foreignCores that others used meanwhile, on average: a busy machine reaches less than it can. Not known: -1
     */
    public record Reached(String probe, String device, Limit limit, double best, double median, double low, double high, int attempts,
            double foreignCores) {}

    public MachineLimits {
        reached = List.copyOf(reached);
    }

    /** The best that any probe reached of this machine's processor; empty if none could measure it. */
    public Optional<Reached> of(Limit limit) {
        return of(limit, "cpu");
    }

    /** The same of other hardware, as probes name it. */
    public Optional<Reached> of(Limit limit, String device) {
        return reached.stream().filter(r -> r.limit() == limit && r.device().equals(device)).max(Comparator.comparingDouble(Reached::best));
    }

    /** What is known of this machine; empty if it was never measured. */
    public static Optional<MachineLimits> known() {
        return read(file());
    }

    static Optional<MachineLimits> read(Path file) {
        try {
            return Optional.ofNullable(GSON.fromJson(Files.readString(file), MachineLimits.class))
                    .filter(m -> m.machine().equals(fingerprint()));
        } catch (IOException | JsonParseException | NullPointerException e) {
            return Optional.empty();   // a damaged file of a cache is measured anew
        }
    }

    /** Of this machine with the native runtimes in use: what another build reaches is another number. */
    private static String fingerprint() {
        var print = new StringBuilder(Machine.fingerprint());
        ChosenRuntimes.all().forEach((id, folder) -> print.append(' ').append(id).append(' ').append(ChosenRuntimes.identity(folder)));
        return print.toString();
    }

    /** Keeps them for the next process. */
    void keep() throws IOException {
        Path file = file();
        Files.createDirectories(file.getParent());
        WholeFile.write(file, GSON.toJson(this));
    }

    private static Path file() {
        return Folders.cache().resolve("machines").resolve(Digests.sha256(fingerprint()).substring(0, 16) + ".json");
    }

    /** Of this machine, now. */
    static MachineLimits of(int threads, List<Reached> reached) {
        return new MachineLimits(fingerprint(), Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(), threads, reached);
    }
}
