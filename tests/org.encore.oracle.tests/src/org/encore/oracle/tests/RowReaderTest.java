package org.encore.oracle.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

import org.encore.api.inference.Generator;
import org.encore.api.inference.LoadedModel;
import org.encore.api.teachers.Scoring;
import org.encore.api.training.Guidance;
import org.encore.distill.ModelScores;
import org.encore.distill.language.FramedModel;
import org.encore.onnx.OrtCpu;
import org.encore.testing.Case;
import org.encore.testing.Inputs;
import org.junit.jupiter.api.Test;

/** A teacher that reads whole rows at once says what it says token by token, of every architecture, whatever lengths are beside each other in a batch. */
class RowReaderTest {

    private static final int V = Inputs.VOCABULARY;

    /** The same model, without what reads rows at once. */
    private record TokenByToken(LoadedModel model) implements LoadedModel {
        @Override
        public Generator generator(int rows, int tokens) {
            return model.generator(rows, tokens);
        }

        @Override
        public long weightBytes() {
            return model.weightBytes();
        }

        @Override
        public long stateBytes(int rows, int tokens) {
            return model.stateBytes(rows, tokens);
        }

        @Override
        public void close() {
            model.close();
        }
    }

    private static LoadedModel load(Case c) {
        LoadedModel model = new OrtCpu().load(c.model(), c.weights(), new OrtCpu.Options(1));
        assertThat(model.reader()).hasValueSatisfying(reader -> reader.close());
        return model;
    }

    private static List<Scoring.Row> rows(Random random) {
        var rows = new ArrayList<Scoring.Row>();
        for (int i = 0; i < 11; i++) {
            rows.add(new Scoring.Row(random.ints(1 + random.nextInt(9), 3, V).toArray(), random.ints(random.nextInt(8), 3, V).toArray()));
        }
        return rows;
    }

    private static Map<Long, Float> logs(Guidance.Top top, int position) {
        var logs = new HashMap<Long, Float>();
        for (int i = position * V; i < (position + 1) * V; i++) {
            logs.put(top.tokens()[i], top.logProbabilities()[i]);
        }
        return logs;
    }

    @Test
    void wholeRowsAreScoredAsTokenByToken() {
        for (Case c : Cases.all()) {
            List<Scoring.Row> rows = rows(new Random(c.name().hashCode()));
            List<Guidance.Top> whole;
            List<Guidance.Top> stepped;
            try (var teacher = new ModelScores("", "", load(c), V, 4)) {
                whole = teacher.score(rows, V, 1.5);
            }
            try (var teacher = new ModelScores("", "", new TokenByToken(load(c)), V, 4)) {
                stepped = teacher.score(rows, V, 1.5);
            }
            for (int row = 0; row < rows.size(); row++) {
                for (int position = 0; position < rows.get(row).positions(); position++) {
                    Map<Long, Float> expected = logs(stepped.get(row), position);
                    String where = c.name() + ", row " + row + ", position " + position;
                    logs(whole.get(row), position).forEach((token, log) -> assertThat(log).as(where).isCloseTo(expected.get(token), within(2e-4f)));
                }
            }
        }
    }

    /**
     * As a language model: the row is the start token, the text before, source, the text between, target, and nothing else. Read whole, and token by token
     * with what is taken back.
     */
    @Test
    void aDecoderAsALanguageModelReadsThePairsAsOneText() {
        int tried = 0;
        int[] before = {4, 3};
        int[] between = {5};
        for (Case c : Cases.all()) {
            if (!c.name().startsWith("decoder-only causal")) {
                continue;
            }
            List<Scoring.Row> rows = rows(new Random(tried++));
            List<Guidance.Top> whole;
            List<Guidance.Top> stepped;
            List<Guidance.Top> asTarget;
            try (var teacher = new ModelScores("", "", new FramedModel(load(c), c.model().startToken(), before, between), V, 4)) {
                whole = teacher.score(rows, V, 1);
            }
            try (var teacher = new ModelScores("", "", new FramedModel(new TokenByToken(load(c)), c.model().startToken(), before, between), V, 4)) {
                stepped = teacher.score(rows, V, 1);
            }
            // a source that is read as a part of the target: the same row
            List<Scoring.Row> joined = rows.stream().map(row -> new Scoring.Row(new int[0],
                    IntStream.concat(IntStream.concat(IntStream.of(before), IntStream.of(row.source())), IntStream.concat(IntStream.of(between), IntStream.of(row.target()))).toArray()))
                    .toList();
            try (var teacher = new ModelScores("", "", load(c), V, 4)) {
                asTarget = teacher.score(joined, V, 1);
            }
            for (int row = 0; row < rows.size(); row++) {
                int first = before.length + rows.get(row).source().length + between.length;
                for (int position = 0; position < rows.get(row).positions(); position++) {
                    Map<Long, Float> expected = logs(stepped.get(row), position);
                    Map<Long, Float> inTarget = logs(asTarget.get(row), first + position);
                    logs(whole.get(row), position).forEach((token, log) -> {
                        assertThat(log).as(c.name()).isCloseTo(expected.get(token), within(2e-4f));
                        assertThat(log).as(c.name()).isCloseTo(inTarget.get(token), within(2e-4f));
                    });
                }
            }
        }
        assertThat(tried).isPositive();
    }
}
