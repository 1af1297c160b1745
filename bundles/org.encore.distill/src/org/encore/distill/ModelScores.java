package org.encore.distill;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

import org.encore.api.inference.Generator;
import org.encore.api.inference.LoadedModel;
import org.encore.api.inference.Logits;
import org.encore.api.teachers.Scoring;
import org.encore.api.training.Guidance;

/**
 * Scores by any model on any backend: it reads the source and is then given the target token by token. So every architecture meets a student at
 * the same positions, whether it has source and target in one row or not: what it says before target token t is about target token t.
 */
public final class ModelScores implements Scoring {

    private final String description;
    private final String fingerprint;
    private final LoadedModel model;
    private final int vocabulary;
    private final int atOnce;

    /**
     * Takes over the model.
     *
     * @param description one line for people
     * @param fingerprint of weights and architecture
     * @param vocabulary V
     * @param atOnce rows in a batch
     */
    public ModelScores(String description, String fingerprint, LoadedModel model, int vocabulary, int atOnce) {
        this.description = description;
        this.fingerprint = fingerprint;
        this.model = model;
        this.vocabulary = vocabulary;
        this.atOnce = atOnce;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public String fingerprint() {
        return fingerprint;
    }

    @Override
    public int vocabulary() {
        return vocabulary;
    }

    @Override
    public List<Guidance.Top> score(List<Row> rows, int k, double temperature) {
        var results = new Guidance.Top[rows.size()];
        // rows of like length together: those that end early cost little
        List<Integer> order = IntStream.range(0, rows.size()).boxed()
                .sorted(Comparator.comparingInt((Integer i) -> rows.get(i).positions()).thenComparingInt(i -> rows.get(i).source().length)).toList();
        // in a batch, a row of a long source and a short target goes on for as long as the longest target
        int longest = rows.stream().mapToInt(row -> row.source().length).max().orElse(1) + 1
                + rows.stream().mapToInt(Row::positions).max().orElse(1);
        try (Generator generator = model.generator(Math.min(atOnce, Math.max(1, rows.size())), longest)) {
            for (int from = 0; from < order.size(); from += atOnce) {
                List<Integer> part = order.subList(from, Math.min(order.size(), from + atOnce));
                List<Row> batch = part.stream().map(rows::get).toList();
                List<Guidance.Top> scored = batch(generator, batch, k, temperature);
                for (int i = 0; i < part.size(); i++) {
                    results[part.get(i)] = scored.get(i);
                }
            }
        }
        return Arrays.asList(results);
    }

    private List<Guidance.Top> batch(Generator generator, List<Row> rows, int k, double temperature) {
        List<Likeliest> kept = rows.stream().map(row -> new Likeliest(row.positions(), vocabulary, k, temperature)).toList();
        int positions = rows.stream().mapToInt(Row::positions).max().orElse(0);
        Logits logits = generator.start(rows.stream().map(Row::source).toArray(int[][]::new));
        for (int position = 0; position < positions; position++) {
            if (position > 0) {
                logits = generator.next(tokens(rows, position - 1));
            }
            for (int i = 0; i < rows.size(); i++) {
                if (position < rows.get(i).positions()) {
                    Logits now = logits;
                    int row = i;
                    kept.get(i).add(token -> now.get(row, token));
                }
            }
        }
        var results = new ArrayList<Guidance.Top>();
        kept.forEach(one -> results.add(one.result()));
        return results;
    }

    /** A row that has ended is given its last token again; nobody looks at what it says then. */
    private static int[] tokens(List<Row> rows, int position) {
        return rows.stream().mapToInt(row -> row.target().length == 0 ? 0 : row.target()[Math.min(position, row.target().length - 1)]).toArray();
    }

    @Override
    public void close() {
        model.close();
    }
}
