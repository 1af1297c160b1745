package org.encore.distill;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import org.encore.api.inference.Generator;
import org.encore.api.inference.HiddenStates;
import org.encore.api.inference.LoadedModel;
import org.encore.api.inference.Logits;
import org.encore.api.inference.RowReader;
import org.encore.api.inference.RowsTogether;
import org.encore.api.training.Guidance;

/**
 * Scores by any model on any backend: whole rows at once where the backend can, else it reads the source and is then given the target token by token. Every architecture meets a student at
 * the same positions, whether it has source and target in one row or not: what it says before target token t is about target token t.
 */
public final class ModelScores implements RowScores {

    /** Scores that are held at a time, 256 MiB. */
    private static final long MOST_LOGITS = 1 << 26;

    private final String description;
    private final String fingerprint;
    private final LoadedModel model;
    private final int vocabulary;
    private final int atOnce;
    private boolean asked;
    private Optional<RowReader> reader = Optional.empty();

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
    public Optional<Generator> generator(int rows, int tokens) {
        return Optional.of(model.generator(rows, tokens));
    }

    @Override
    public Optional<HiddenStates> states() {
        return model.states();
    }

    @Override
    public List<Guidance.Top> score(List<Row> rows, int k, double temperature) {
        return heard(rows, k, temperature, 0).stream().map(Heard::said).toList();
    }

    @Override
    public List<Heard> heard(List<Row> rows, int k, double temperature, int endToken) {
        var results = new Heard[rows.size()];
        // rows of like length together: little padding, and those that end early cost little
        List<Integer> order = IntStream.range(0, rows.size()).boxed()
                .sorted(Comparator.comparingInt((Integer i) -> rows.get(i).positions()).thenComparingInt(i -> rows.get(i).source().length)).toList();
        try (Reading reading = reading(rows)) {
            for (int from = 0; from < order.size(); from += atOnce) {
                List<Integer> part = order.subList(from, Math.min(order.size(), from + atOnce));
                List<Row> batch = part.stream().map(rows::get).toList();
                List<Likeliest> kept = batch.stream().map(row -> new Likeliest(ended(row, endToken), vocabulary, k, temperature)).toList();
                reading.read(batch, kept);
                for (int i = 0; i < part.size(); i++) {
                    results[part.get(i)] = kept.get(i).result();
                }
            }
        }
        return Arrays.asList(results);
    }

    private static int[] ended(Row row, int endToken) {
        int[] ended = Arrays.copyOf(row.target(), row.positions());
        ended[row.target().length] = endToken;
        return ended;
    }

    /** Goes over the rows of a batch, position after position of each. */
    private interface Reading extends AutoCloseable {

        void read(List<Row> batch, List<Likeliest> kept);

        @Override
        void close();
    }

    private Reading reading(List<Row> rows) {
        if (!asked) {
            reader = model.reader(); // made once: a session is compiled for it
            asked = true;
        }
        return reader.isPresent() ? atOnce(reader.get()) : tokenByToken(rows);
    }

    private Reading atOnce(RowReader whole) {
        return new Reading() {
            @Override
            public void read(List<Row> batch, List<Likeliest> kept) {
                int time = batch.stream().mapToInt(Row::positions).max().orElse(1);
                int longestRow = batch.stream().mapToInt(row -> row.source().length + row.positions()).max().orElse(1);
                int rowsAtOnce = RowsTogether.of((int) Math.clamp(MOST_LOGITS / ((long) time * vocabulary), 1, batch.size()), longestRow);
                for (int from = 0; from < batch.size(); from += rowsAtOnce) {
                    List<Row> part = batch.subList(from, Math.min(batch.size(), from + rowsAtOnce));
                    int longest = part.stream().mapToInt(Row::positions).max().orElse(1);
                    Logits logits = whole.read(part.stream().map(Row::source).toArray(int[][]::new), part.stream().map(Row::target).toArray(int[][]::new));
                    for (int i = 0; i < part.size(); i++) {
                        for (int position = 0; position < part.get(i).positions(); position++) {
                            int row = i * longest + position;
                            kept.get(from + i).add(token -> logits.get(row, token));
                        }
                    }
                }
            }

            @Override
            public void close() {
                // it is used again
            }
        };
    }

    private Reading tokenByToken(List<Row> rows) {
        // in a batch, a row of a long source and a short target goes on for as long as the longest target
        int longest = rows.stream().mapToInt(row -> row.source().length).max().orElse(1) + 1
                + rows.stream().mapToInt(Row::positions).max().orElse(1);
        Generator generator = model.generator(Math.min(atOnce, Math.max(1, rows.size())), longest);
        return new Reading() {
            @Override
            public void read(List<Row> batch, List<Likeliest> kept) {
                int positions = batch.stream().mapToInt(Row::positions).max().orElse(0);
                Logits logits = generator.start(batch.stream().map(Row::source).toArray(int[][]::new));
                for (int position = 0; position < positions; position++) {
                    if (position > 0) {
                        logits = generator.next(tokens(batch, position - 1));
                    }
                    for (int i = 0; i < batch.size(); i++) {
                        if (position < batch.get(i).positions()) {
                            Logits now = logits;
                            int row = i;
                            kept.get(i).add(token -> now.get(row, token));
                        }
                    }
                }
            }

            @Override
            public void close() {
                generator.close();
            }
        };
    }

    /** A row that has ended is given its last token again; nobody looks at what it says then. */
    private static int[] tokens(List<Row> rows, int position) {
        return rows.stream().mapToInt(row -> row.target().length == 0 ? 0 : row.target()[Math.min(position, row.target().length - 1)]).toArray();
    }

    @Override
    public void close() {
        reader.ifPresent(RowReader::close);
        model.close();
    }
}
