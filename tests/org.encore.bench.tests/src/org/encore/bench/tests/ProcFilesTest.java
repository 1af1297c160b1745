package org.encore.bench.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import org.encore.bench.Counters;
import org.encore.bench.Evidence;
import org.encore.bench.ProcFiles;
import org.encore.bench.Witness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcFilesTest {

    @TempDir
    private Path folder;

    private void write(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text + "\n");
    }

    private void stat(String all) throws IOException {
        write("stat", "cpu  " + all + "\ncpu0 1 1 1 1 1 1 1 1 0 0\ncpu1 1 1 1 1 1 1 1 1 0 0\nintr 5 0\nctxt 7");
    }

    private Counters read() {
        return new ProcFiles(folder).counters().orElseThrow();
    }

    @Test
    void whatHappenedBetweenTwoReadingsIsTheirDifference() throws IOException {
        stat("100 10 50 9000 70 3 2 5 0 0");
        write("self/task/11/schedstat", "400000000 1000000 12");
        write("self/task/12/schedstat", "50000000 0 3");
        Counters before = read();
        stat("150 12 60 9040 80 4 3 8 0 0");   // in ticks of 10 ms: 64 busy, 3 stolen
        write("self/task/11/schedstat", "900000000 26000000 99");   // 500 ms on a core, 25 ms of waiting
        write("self/task/12/schedstat", "50000000 0 3");
        write("self/task/13/schedstat", "40000000 2000000 5");   // a thread that began in between
        Evidence evidence = before.until(read());
        assertThat(evidence.cores()).isEqualTo(2);
        assertThat(evidence.stealMillis()).isEqualTo(30);
        assertThat(evidence.waitMillis()).isCloseTo(27, within(1e-9));
        assertThat(evidence.foreignMillis()).isCloseTo(640 - 540, within(1e-9));
        assertThat(evidence.wallMillis()).isPositive();
    }

    @Test
    void sharesAreOfWallTimeAndSpansAddUp() {
        Evidence both = new Evidence(100, 2, 10, 30, 150).plus(new Evidence(300, 2, 0, 10, 50));
        assertThat(both).isEqualTo(new Evidence(400, 2, 10, 40, 200));
        assertThat(both.stolenCores()).isEqualTo(0.025);
        assertThat(both.waitingThreads()).isEqualTo(0.1);
        assertThat(both.foreignCores()).isEqualTo(0.5);
    }

    @Test
    void aThreadThatEndsIsNoError() throws IOException {
        stat("100 0 0 0 0 0 0 0 0 0");
        write("self/task/11/schedstat", "400000000 1000000 12");
        write("self/task/12/schedstat", "50000000 0 3");
        Counters before = read();
        Files.delete(folder.resolve("self/task/12/schedstat"));   // its folder was listed already
        assertThat(before.until(read()).waitMillis()).isZero();
    }

    @Test
    void otherSystemsDoNotTell() throws IOException {
        assertThat(new ProcFiles(folder.resolve("nowhere")).counters()).isEmpty();
        stat("100 0 0 0 0 0 0 0 0 0");
        assertThat(new ProcFiles(folder).counters()).as("no statistics of threads").isEmpty();
        write("self/task/11/schedstat", "damaged");
        assertThat(new ProcFiles(folder).counters()).isEmpty();
        write("self/task/11/schedstat", "1 2 3");
        stat("100");
        assertThat(new ProcFiles(folder).counters()).as("a kernel that does not count stolen time").isEmpty();
    }

    @Test
    void thisSystemTellsIfItKeepsStatisticsOfThreads() {
        Optional<Counters> counters = Witness.ofThisProcess().counters();
        assertThat(counters.isPresent()).isEqualTo(Files.isReadable(Path.of("/proc/self/schedstat")));
        counters.ifPresent(now -> {
            assertThat(now.cores()).isPositive();
            assertThat(now.busyMillis()).isPositive();
            assertThat(now.threads()).hasSizeGreaterThan(1);
            assertThat(now.until(Witness.ofThisProcess().counters().orElseThrow()).wallMillis()).isPositive();
        });
    }
}
