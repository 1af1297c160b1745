package org.encore.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files in which Linux tells what it counted (man 5 proc: {@code /proc/stat}; kernel documentation, scheduler/sched-stats: the first two
 * numbers of {@code schedstat} are time on a core and time of waiting for one, in ns). Measured with 49 threads on two busy cores, a reading takes
 * 0.7 ms once compiled. Turns are timed between readings, but the turn after one finds cold caches: with a reading after every turn of 3 ms the
 * first token, 0.4 ms, took 2.5 % longer (95 % interval 2.0 to 3.4, n = 30 pairs of races). So readings are 20 ms apart: then it is 0.6 % (0.3 to
 * 1.0), for all models alike.
 *
 * @param root where they are
 */
public record ProcFiles(Path root) implements Witness {

    /** The unit of {@code /proc/stat}, on all machines that Encore runs on: USER_HZ is 100. */
    private static final double TICK_MILLIS = 10;
    private static final double REST_MILLIS = 20;
    private static final int STEAL = 8;
    /** Columns of the first line: user (with guests), nice, system, interrupts, soft interrupts; idle, waiting for disks and stolen are not busy. */
    private static final List<Integer> BUSY = List.of(1, 2, 3, 6, 7);

    @Override
    public double restMillis() {
        return REST_MILLIS;
    }

    @Override
    public Optional<Counters> counters() {
        try {
            // always in this order: readings follow each other, so what lies between the two files is counted once and not lost
            List<String> stat = Files.readAllLines(root.resolve("stat"));
            long nanos = System.nanoTime();
            String[] all = stat.getFirst().split(" +");
            int cores = (int) stat.stream().filter(line -> line.matches("cpu\\d+ .*")).count();
            double busy = 0;
            for (int column : BUSY) {
                busy += TICK_MILLIS * Long.parseLong(all[column]);
            }
            return Optional.of(new Counters(nanos, cores, TICK_MILLIS * Long.parseLong(all[STEAL]), busy, threads()));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();   // another system, or a sandbox that hides these files
        }
    }

    private Map<String, Counters.Thread> threads() throws IOException {
        var threads = new HashMap<String, Counters.Thread>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(root.resolve("self/task"))) {
            for (Path folder : folders) {
                try {
                    String[] numbers = Files.readString(folder.resolve("schedstat")).split(" ");
                    threads.put(folder.getFileName().toString(), new Counters.Thread(Long.parseLong(numbers[0]), Long.parseLong(numbers[1])));
                } catch (IOException e) {
                    continue;   // the thread has ended since the folder was listed
                }
            }
        }
        if (threads.isEmpty()) {
            throw new IOException("this system keeps no statistics of threads");
        }
        return threads;
    }
}
