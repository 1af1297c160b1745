package org.encore.experiment.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.encore.bench.Machine;

/** How long stages took on this machine, and what that says about others: time grows with work, and the jobs nearest in size tell most. */
public final class TimeBook {

    private static final String FILE = "times.csv";
    private static final int NEAREST = 8;
    private static final int LARGEST_FILE = 1 << 22;
    /** Before anything was timed here: what two cores of an ordinary processor do in training small models. */
    private static final double UNTIMED_FLOPS_PER_SECOND = 2e10;
    private static final double UNTIMED_SECONDS = 1;

    private final Path file;
    private final String machine = Integer.toHexString(Machine.fingerprint().hashCode());
    private final Map<String, List<Entry>> entries = new HashMap<>();
    /** A plan asks the same of thousands of jobs. */
    private final Map<Question, Estimate> answers = new HashMap<>();

    private record Entry(double work, double seconds) {}

    private record Question(String stage, double work) {}

    /**
     * An estimate.
     *
     * @param seconds modelled
     * @param jobs that it was made from; 0 if it is a guess
     */
    public record Estimate(double seconds, int jobs) {}

    /** @param store where results are kept */
    public TimeBook(Path store) {
        file = store.resolve(FILE);
        try {
            if (Files.exists(file) && Files.size(file) < LARGEST_FILE) {
                Files.readAllLines(file).forEach(this::read);
            }
        } catch (IOException e) {
            // estimates are rougher without it
        }
    }

    private void read(String line) {
        String[] fields = line.split(",");
        if (fields.length == 4 && fields[1].equals(machine)) {
            try {
                add(fields[0], Double.parseDouble(fields[2]), Double.parseDouble(fields[3]));
            } catch (NumberFormatException e) {
                // half a line of a process that was killed
            }
        }
    }

    private void add(String stage, double work, double seconds) {
        entries.computeIfAbsent(stage, s -> new ArrayList<>()).add(new Entry(work, seconds));
        answers.clear();
    }

    /** Remembers a job. @param work as the stage states it, in floating-point operations */
    synchronized void record(String stage, double work, double seconds) {
        add(stage, work, seconds);
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, stage + "," + machine + "," + work + "," + seconds + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            // estimates are rougher without it
        }
    }

    /** How long a job would take. */
    public synchronized Estimate estimate(String stage, double work) {
        return answers.computeIfAbsent(new Question(stage, work), this::answer);
    }

    private Estimate answer(Question asked) {
        double work = asked.work();
        List<Entry> known = entries.getOrDefault(asked.stage(), List.of());
        if (known.isEmpty()) {
            return new Estimate(work == 0 ? UNTIMED_SECONDS : work / UNTIMED_FLOPS_PER_SECOND, 0);
        }
        List<Entry> nearest = known.stream().sorted(Comparator.comparingDouble(e -> Math.abs(Math.log((e.work() + 1) / (work + 1))))).limit(NEAREST).toList();
        double[] seconds = nearest.stream().mapToDouble(e -> e.work() > 0 && work > 0 ? e.seconds() * work / e.work() : e.seconds()).sorted().toArray();
        return new Estimate(seconds[seconds.length / 2], nearest.size());
    }
}
