package org.encore.experiment.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.encore.api.Monitor;
import org.encore.experiment.run.RunArchive;
import org.encore.experiment.run.RunFolder;
import org.encore.experiment.store.Waste;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run goes elsewhere as one file; a file from elsewhere is not believed. */
class RunArchiveTest {

    @TempDir
    Path folder;

    private Path runs;

    @BeforeEach
    void noRuns() {
        runs = folder.resolve("there/runs");
    }

    private Path zip(Map<String, String> files) throws IOException {
        Path file = folder.resolve("foreign.zip");
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (var entry : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return file;
    }

    private void refused(Map<String, String> files, String why) throws IOException {
        Path file = zip(files);
        assertThatThrownBy(() -> RunArchive.read(file, runs, () -> false)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(why);
        try (var left = Files.list(runs)) {
            assertThat(left).as("what is left of it").isEmpty();
        }
        assertThat(folder.resolve("there/evil")).doesNotExist();
    }

    @Test
    void aRunArrivesWithTheResultsThatItsFolderOnlyLinksTo() throws IOException {
        Path here = Files.createDirectories(folder.resolve("here/runs"));
        Path stored = Files.createDirectories(here.resolve("store/train-abc"));
        Files.writeString(stored.resolve("curve.csv"), "1,2\n");
        Path run = Files.createDirectories(here.resolve("demo-2026-11-27-1/cells/a-seed1"));
        Files.createSymbolicLink(run.resolve("train"), stored);
        Files.writeString(here.resolve("demo-2026-11-27-1/events.jsonl"), "{}\n");
        Files.writeString(here.resolve("demo-2026-11-27-1/.lock"), "");
        Path file = folder.resolve("demo.zip");
        RunArchive.write(new RunFolder(here.resolve("demo-2026-11-27-1")), file, () -> false);
        assertThatThrownBy(() -> RunArchive.read(file, runs, () -> true)).isInstanceOf(CancellationException.class).hasMessageContaining("nothing of demo.zip was kept");
        assertThat(runs).isEmptyDirectory();
        RunFolder arrived = RunArchive.read(file, runs, () -> false);
        assertThat(arrived.path()).isEqualTo(runs.resolve("demo-2026-11-27-1"));
        assertThat(arrived.path().resolve("cells/a-seed1/train/curve.csv")).isRegularFile().hasContent("1,2\n");
        assertThat(arrived.path().resolve(".lock")).as("belongs to a process that is not here").doesNotExist();
        assertThatThrownBy(() -> RunArchive.read(file, runs, () -> false)).hasMessageContaining("there is a run demo-2026-11-27-1 in");
        assertThatThrownBy(() -> RunArchive.write(arrived, folder.resolve("stopped.zip"), () -> true)).isInstanceOf(CancellationException.class);
        assertThat(folder.resolve("stopped.zip")).doesNotExist();
        assertThat(folder.resolve("stopped.zip.part")).doesNotExist();
    }

    /** Says how far it is, and stops after some bytes. */
    private static final class Watching implements Monitor {

        private final long most;
        private long done;
        private long total;

        Watching(long most) {
            this.most = most;
        }

        @Override
        public void progress(long done, long total, String unit) {
            assertThat(unit).isEqualTo("bytes");
            assertThat(done).isGreaterThan(this.done);
            this.done = done;
            this.total = total;
        }

        @Override
        public boolean cancelled() {
            return done >= most;
        }
    }

    @Test
    void howFarItIsIsToldAndInTheMiddleOfAFileItCanBeStopped() throws IOException {
        Path run = Files.createDirectories(folder.resolve("demo-1/cells/a")).getParent().getParent();
        Files.writeString(run.resolve("events.jsonl"), "{}\n");
        var weights = new byte[1_000_000];
        new java.util.Random(1).nextBytes(weights);
        Files.write(run.resolve("cells/a/weights.safetensors"), weights);
        Path file = folder.resolve("demo-1.zip");
        assertThatThrownBy(() -> RunArchive.write(new RunFolder(run), file, new Watching(200_000))).isInstanceOf(CancellationException.class)
                .hasMessage("stopped; no archive was written");
        assertThat(folder.resolve("demo-1.zip")).doesNotExist();
        assertThat(folder.resolve("demo-1.zip.part")).doesNotExist();
        var packing = new Watching(Long.MAX_VALUE);
        RunArchive.write(new RunFolder(run), file, packing);
        assertThat(packing.done).isEqualTo(packing.total).isEqualTo(1_000_003);
        var stopping = new Watching(200_000);
        assertThatThrownBy(() -> RunArchive.read(file, runs, stopping)).isInstanceOf(CancellationException.class)
                .hasMessage("stopped; nothing of demo-1.zip was kept");
        assertThat(stopping.done).isLessThan(400_000);
        assertThat(runs).isEmptyDirectory();
        var unpacking = new Watching(Long.MAX_VALUE);
        RunArchive.read(file, runs, unpacking);
        assertThat(unpacking.done).isEqualTo(unpacking.total).isEqualTo(1_000_003);
        assertThat(runs.resolve("demo-1/cells/a/weights.safetensors")).hasBinaryContent(weights);
    }

    /** A process that was killed cannot clean up; the user's next 'encore gc' does, when surely nobody unpacks there any more. */
    @Test
    void whatAKilledProcessHadUnpackedIsFoundAsWaste() throws IOException {
        Path young = Files.createDirectories(runs.resolve(RunArchive.UNPACKING + "1"));
        Path old = Files.createDirectories(runs.resolve(RunArchive.UNPACKING + "2"));
        Files.writeString(old.resolve("events.jsonl"), "{}\n");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(8))));
        assertThat(Waste.of(runs).removable()).extracting(Waste.Item::folder).containsExactly(old).doesNotContain(young);
        assertThat(Waste.of(folder.resolve("none")).removable()).isEmpty();
    }

    /** Else it would hold itself, and grow until the disk is full. */
    @Test
    void anArchiveDoesNotLieInItsRun() throws IOException {
        Path run = Files.createDirectories(folder.resolve("demo-1/cells")).getParent();
        Files.writeString(run.resolve("events.jsonl"), "{}\n");
        Path link = Files.createSymbolicLink(folder.resolve("link"), run.resolve("cells"));
        for (Path inside : new Path[] {run, run.resolve("cells"), link}) {
            assertThatThrownBy(() -> RunArchive.write(new RunFolder(run), inside.resolve("demo-1.zip"), () -> false)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("would lie in the run that it is to hold");
        }
        assertThat(run.resolve("demo-1.zip.part")).doesNotExist();
    }

    @Test
    void aRunWhoseResultsAreNotThereIsNotPackedWithoutThem() throws IOException {
        Path run = Files.createDirectories(folder.resolve("demo-1/cells")).getParent();
        Files.writeString(run.resolve("events.jsonl"), "{}\n");
        Files.createSymbolicLink(run.resolve("cells/train"), Path.of("store/train-abc"));
        assertThatThrownBy(() -> RunArchive.write(new RunFolder(run), folder.resolve("demo-1.zip"), () -> false)).isInstanceOf(IOException.class)
                .hasMessageContaining("cells/train leads to store/train-abc, which is not there");
        assertThat(folder.resolve("demo-1.zip")).doesNotExist();
        assertThat(folder.resolve("demo-1.zip.part")).doesNotExist();
    }

    @Test
    void whatWouldLieOutsideIsRefusedAndNothingOfItStays() throws IOException {
        refused(Map.of("demo-1/events.jsonl", "{}", "demo-1/../../evil", "x"), "would lie outside");
        refused(Map.of("demo-1/events.jsonl", "{}", "/tmp/evil", "x"), "would lie outside");
        refused(Map.of("demo-1/events.jsonl", "{}", "..\\evil", "x"), "would lie outside");
    }

    @Test
    void whatIsNoRunIsRefused() throws IOException {
        refused(Map.of("readme.txt", "hello"), "no archive of one run");
        refused(Map.of("a/events.jsonl", "{}", "b/events.jsonl", "{}"), "no archive of one run");
        Path garbage = Files.writeString(folder.resolve("garbage.zip"), "PK no zip");
        assertThatThrownBy(() -> RunArchive.read(garbage, runs, () -> false)).isInstanceOfAny(IllegalArgumentException.class, IOException.class);
        assertThatThrownBy(() -> RunArchive.write(new RunFolder(folder), folder.resolve("no.zip"), () -> false)).hasMessageContaining("is no run");
    }

    @Test
    void contentsThatSwellAreRefused() throws IOException {
        var files = new LinkedHashMap<String, String>();
        files.put("demo-1/events.jsonl", "{}");
        files.put("demo-1/zeros", "\0".repeat(80_000_000));
        refused(files, "unpacked it is larger than");
    }

    @Test
    void linksAreRefused() throws IOException {
        Path file = folder.resolve("link.zip");
        try (var zip = new org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream(file)) {
            var events = new org.apache.commons.compress.archivers.zip.ZipArchiveEntry("demo-1/events.jsonl");
            zip.putArchiveEntry(events);
            zip.closeArchiveEntry();
            var link = new org.apache.commons.compress.archivers.zip.ZipArchiveEntry("demo-1/cells");
            link.setUnixMode(0120777);
            zip.putArchiveEntry(link);
            zip.write("/etc".getBytes(StandardCharsets.UTF_8));
            zip.closeArchiveEntry();
        }
        assertThatThrownBy(() -> RunArchive.read(file, runs, () -> false)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("is a link");
    }
}
