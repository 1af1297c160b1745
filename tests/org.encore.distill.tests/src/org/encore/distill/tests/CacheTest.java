package org.encore.distill.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.encore.api.training.Guidance;
import org.encore.distill.cache.CacheFile;
import org.encore.distill.cache.CacheFile.Expected;
import org.encore.distill.cache.CacheHeader.Identity;
import org.encore.distill.cache.CacheWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a teacher said, on disk: it comes back as it was, goes on after a kill, and nothing foreign or damaged is taken for it. */
class CacheTest {

    private static final int V = 100;
    private static final int K = 5;
    private static final Identity IDENTITY = new Identity("teacher1", "tokenizer1", "data1", V, K, 1, false);
    private static final Expected EXPECTED = new Expected("tokenizer1", "data1", V, 1, false);

    @TempDir
    Path folder;
    private Path scratch;
    private Path output;
    private final List<Guidance.Top> said = said(40);
    private final int[] positions = said.stream().mapToInt(row -> row.tail().length).toArray();

    @BeforeEach
    void folders() throws IOException {
        scratch = Files.createDirectory(folder.resolve("scratch"));
        output = Files.createDirectory(folder.resolve("output"));
    }

    private static List<Guidance.Top> said(int rows) {
        var random = new Random(3);
        var all = new ArrayList<Guidance.Top>();
        for (int row = 0; row < rows; row++) {
            int count = 1 + random.nextInt(7);
            var tokens = new long[count * K];
            var logs = new float[count * K];
            var tail = new float[count];
            for (int position = 0; position < count; position++) {
                double[] mass = random.doubles(K + 1, -8, 0).map(Math::exp).toArray();
                double sum = java.util.Arrays.stream(mass).sum();
                int first = random.nextInt(V);
                for (int i = 0; i < K; i++) {
                    tokens[position * K + i] = (first + i) % V;
                    logs[position * K + i] = (float) Math.log(mass[i] / sum);
                }
                tail[position] = (float) (mass[K] / sum);
            }
            all.add(new Guidance.Top(K, tokens, logs, tail));
        }
        return all;
    }

    private void write(List<Guidance.Top> rows) throws IOException {
        try (CacheWriter writer = CacheWriter.open(scratch, IDENTITY)) {
            for (int from = writer.rows(); from < rows.size(); from = writer.rows()) {
                writer.append(rows.subList(from, Math.min(rows.size(), from + 16)), 0.5, 100);
            }
            writer.finish(output, "a teacher");
        }
    }

    @Test
    void whatWasSaidComesBackRowByRowToHalfPrecision() throws IOException {
        write(said);
        CacheFile cache = CacheFile.open(output, EXPECTED, positions);
        assertThat(cache.header().rows()).isEqualTo(40);
        assertThat(cache.header().seconds()).isCloseTo(1.5, within(1e-9));
        assertThat(cache.header().tokens()).isEqualTo(300);
        int[] rows = {7, 39, 0};
        int time = IntStream.of(rows).map(row -> positions[row]).max().orElseThrow();
        Guidance.Top read = cache.read(rows, time);
        for (int row = 0; row < rows.length; row++) {
            Guidance.Top expected = said.get(rows[row]);
            for (int position = 0; position < positions[rows[row]]; position++) {
                double sum = read.tail()[row * time + position];
                for (int i = 0; i < K; i++) {
                    int at = (row * time + position) * K + i;
                    assertThat(read.tokens()[at]).isEqualTo(expected.tokens()[position * K + i]);
                    // half precision has eleven bits
                    float log = expected.logProbabilities()[position * K + i];
                    assertThat(read.logProbabilities()[at]).isCloseTo(log, within(2e-3f + Math.abs(log) / 1024));
                    sum += Math.exp(read.logProbabilities()[at]);
                }
                assertThat(sum).isCloseTo(1, within(1e-6));
            }
        }
        for (float padding : read.logProbabilities()) {
            assertThat(padding).isFinite();
        }
    }

    @Test
    void atSixtyFourTokensAPositionTakesLessThanThreeHundredBytes() {
        assertThat(new Identity("t", "k", "d", 65_536, 64, 1, false).bytesPerPosition()).isEqualTo(260).isLessThan(300);
        assertThat(new Identity("t", "k", "d", 65_537, 64, 1, false).bytesPerPosition()).isEqualTo(388);
    }

    /** Killed between two parts, and in the middle of one: bytes without their line, half a line, a line without its bytes. */
    @Test
    void aKilledWriterGoesOnAndTheFileIsTheSameBitForBit() throws IOException {
        write(said);
        byte[] whole = Files.readAllBytes(output.resolve("teacher.topk"));
        String header = Files.readString(output.resolve("teacher.json"));
        try (CacheWriter killed = CacheWriter.open(scratch, IDENTITY)) {
            killed.append(said.subList(0, 16), 0.5, 100);
            killed.append(said.subList(16, 32), 0.5, 100);
        }
        Path numbers = scratch.resolve("teacher.topk");
        Path parts = scratch.resolve("teacher.parts");
        byte[] bytes = Files.readAllBytes(numbers);
        Files.write(numbers, java.util.Arrays.copyOf(bytes, bytes.length - 3));
        Files.writeString(parts, Files.readString(parts) + "{\"identity\":{\"finger");
        try (CacheWriter resumed = CacheWriter.open(scratch, IDENTITY)) {
            assertThat(resumed.rows()).isEqualTo(16);
        }
        write(said);
        assertThat(Files.readAllBytes(output.resolve("teacher.topk"))).isEqualTo(whole);
        assertThat(Files.readString(output.resolve("teacher.json"))).isEqualTo(header);
    }

    @Test
    void whatAnotherTeacherHadBegunIsNotGoneOnWith() throws IOException {
        try (CacheWriter other = CacheWriter.open(scratch, new Identity("teacher2", "tokenizer1", "data1", V, K, 1, false))) {
            other.append(said.subList(0, 16), 0.5, 100);
        }
        try (CacheWriter writer = CacheWriter.open(scratch, IDENTITY)) {
            assertThat(writer.rows()).isZero();
        }
    }

    @Test
    void aCacheThatWasCutOffOrDamagedIsRefused() throws IOException {
        write(said);
        Path numbers = output.resolve("teacher.topk");
        byte[] whole = Files.readAllBytes(numbers);
        Files.write(numbers, java.util.Arrays.copyOf(whole, whole.length - 1));
        assertThatThrownBy(() -> CacheFile.open(output, EXPECTED, positions)).hasMessageStartingWith(numbers + " has ")
                .hasMessageContaining("it was cut off. Delete " + output + " and run again.");
        byte[] damaged = whole.clone();
        damaged[whole.length / 2] ^= 4;
        Files.write(numbers, damaged);
        assertThatThrownBy(() -> CacheFile.open(output, EXPECTED, positions)).hasMessageStartingWith(numbers + " is damaged between bytes ");
        Files.writeString(output.resolve("teacher.json"), "{");
        assertThatThrownBy(() -> CacheFile.open(output, EXPECTED, positions)).hasMessageStartingWith(output.resolve("teacher.json") + " is damaged");
        Files.delete(output.resolve("teacher.json"));
        assertThatThrownBy(() -> CacheFile.open(output, EXPECTED, positions)).hasMessage(output + " holds no teacher's cache: there is no teacher.json");
    }

    @Test
    void aCacheOfSomethingElseIsRefusedAndBothSidesAreNamed() throws IOException {
        write(said);
        assertThatThrownBy(() -> CacheFile.open(output, new Expected("tokenizer2", "data1", V, 1, false), positions))
                .hasMessage("the teacher's cache " + output + " was made with tokenizer tokenizer1, the student has tokenizer2");
        assertThatThrownBy(() -> CacheFile.open(output, new Expected("tokenizer1", "data2", V, 1, false), positions))
                .hasMessage("the teacher's cache " + output + " is of data data1, the student learns from data2");
        assertThatThrownBy(() -> CacheFile.open(output, new Expected("tokenizer1", "data1", 99, 1, false), positions))
                .hasMessage("the teacher's cache " + output + " is over 100 tokens, the student's vocabulary has 99");
        assertThatThrownBy(() -> CacheFile.open(output, new Expected("tokenizer1", "data1", V, 2, false), positions)).hasMessage("the teacher's cache " + output
                + " is at temperature 1.0, the student's objective at 2.0. Set teacher-cache: {temperature: 2.0}.");
        assertThatThrownBy(() -> CacheFile.open(output, EXPECTED, new int[] {1, 2}))
                .hasMessageContaining(" has 40 rows of ").hasMessageEndingWith("the student's data have 2 rows of 3");
    }
}
