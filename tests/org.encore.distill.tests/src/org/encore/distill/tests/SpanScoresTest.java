package org.encore.distill.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import org.encore.api.inference.Generator;
import org.encore.api.inference.LoadedModel;
import org.encore.api.inference.Logits;
import org.encore.api.teachers.Scoring.Row;
import org.encore.api.training.Guidance;
import org.encore.distill.ModelScores;
import org.encore.distill.SpanScores;
import org.encore.distill.cache.CacheFile;
import org.encore.distill.cache.CacheHeader.Identity;
import org.encore.distill.cache.CacheWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A teacher that reads with another tokenizer than the students, on the way from its model to a batch. */
class SpanScoresTest {

    private static final Pieces TEACHER = new Pieces("a", "b", "ab", "c", "ba");
    private static final Pieces STUDENT = new Pieces("a", "b", "c", "bc");
    private static final int V = TEACHER.size();
    private static final int K = 3;

    @TempDir
    Path folder;

    /** What comes next depends on the last token alone. */
    private static double[] next(int last) {
        var logits = new double[V];
        Arrays.setAll(logits, token -> Math.sin(1.7 * last + 2.3 * token) * 2);
        double sum = Arrays.stream(logits).map(Math::exp).sum();
        return Arrays.stream(logits).map(z -> Math.exp(z) / sum).toArray();
    }

    private static final LoadedModel BIGRAMS = new LoadedModel() {
        @Override
        public Generator generator(int rows, int tokens) {
            return new Generator() {
                @Override
                public Logits start(int[][] sources) {
                    int[] begun = new int[sources.length];
                    Arrays.fill(begun, TEACHER.startToken());
                    return next(begun);
                }

                @Override
                public Logits next(int[] tokens) {
                    FloatBuffer values = FloatBuffer.allocate(tokens.length * V);
                    for (int token : tokens) {
                        for (double p : SpanScoresTest.next(token)) {
                            values.put((float) Math.log(p));
                        }
                    }
                    return new Logits(tokens.length, V, values);
                }

                @Override
                public void select(int[] kept) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public void rewind(int count) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public int rows() {
                    return rows;
                }

                @Override
                public void close() {
                    // nothing is held
                }
            };
        }

        @Override
        public long weightBytes() {
            return 0;
        }

        @Override
        public long stateBytes(int rows, int tokens) {
            return 0;
        }

        @Override
        public void close() {
            // nothing is held
        }
    };

    private static SpanScores teacher() {
        return new SpanScores(new ModelScores("bigrams", "f", BIGRAMS, V, 2), TEACHER, TEACHER.endToken(), STUDENT);
    }

    private static Row row(String target) {
        return new Row(STUDENT.encodeSource("a"), STUDENT.encodeTarget(target));
    }

    /** The student writes a b bc, the teacher ab b c: the spans are ab, bc and the end. */
    @Test
    void aSpanHasTheDistributionOverItsFirstTokenTimesTheProbabilityOfTheOthers() {
        try (SpanScores teacher = teacher()) {
            assertThat(teacher.tokenizer()).contains(TEACHER);
            Guidance.Top said = teacher.score(List.of(row("abbc"), row("c")), K, 1).getFirst();
            assertThat(said.tail()).hasSize(4);
            assertThat(List.of(said.begins(0), said.begins(1), said.begins(2), said.begins(3))).containsExactly(true, false, true, true);
            double rest = next(TEACHER.id("b"))[TEACHER.id("c")];
            assertDistribution(said, 0, next(TEACHER.startToken()), 1);
            assertDistribution(said, 2, next(TEACHER.id("ab")), rest);
            assertDistribution(said, 3, next(TEACHER.id("c")), 1);
        }
    }

    private static void assertDistribution(Guidance.Top said, int position, double[] expected, double rest) {
        double[] sorted = Arrays.stream(expected).map(p -> -p).sorted().map(p -> -p).toArray();
        for (int rank = 0; rank < K; rank++) {
            assertThat(Math.exp(said.logProbabilities()[position * K + rank])).isCloseTo(sorted[rank] * rest, within(1e-6));
        }
        assertThat((double) said.tail()[position]).isCloseTo(Arrays.stream(sorted).skip(K).sum() * rest, within(1e-6));
    }

    /** Masses of spans do not sum to 1, and are read as they were written. */
    @Test
    void aCacheKeepsSpansAndIsRefusedByWhoComparesTokens() throws Exception {
        var identity = new Identity("f", "students", "data", V, K, 1, true);
        Row row = row("abbc");
        Guidance.Top said;
        Path scratch = java.nio.file.Files.createDirectory(folder.resolve("scratch"));
        Path output = java.nio.file.Files.createDirectory(folder.resolve("output"));
        try (SpanScores teacher = teacher(); CacheWriter writer = CacheWriter.open(scratch, identity)) {
            said = teacher.score(List.of(row), K, 1).getFirst();
            writer.append(List.of(said), 1, 7);
            writer.finish(output, "bigrams");
        }
        int[] positions = {row.positions()};
        Guidance.Top read = CacheFile.open(output, new CacheFile.Expected("students", "data", STUDENT.size(), 1, true), positions).read(new int[] {0}, 5);
        for (int position = 0; position < row.positions(); position++) {
            assertThat(read.tail()[position]).isEqualTo(said.tail()[position]);
            for (int i = position * K; said.begins(position) && i < (position + 1) * K; i++) {
                assertThat((double) read.logProbabilities()[i]).isCloseTo(said.logProbabilities()[i], within(1e-2));
            }
        }
        assertThatThrownBy(() -> CacheFile.open(output, new CacheFile.Expected("students", "data", V, 1, false), positions))
                .hasMessage("the teacher of " + output + ", bigrams, reads with a tokenizer of its own, so its tokens cannot be compared with the student's one by one. "
                        + "Use the objective span-uld, which compares spans of text.");
    }
}
