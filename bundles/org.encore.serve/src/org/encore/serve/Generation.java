package org.encore.serve;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

import org.encore.api.inference.Generator;
import org.encore.api.inference.Logits;
import org.encore.api.inference.RowByRow;

/** Outputs of one request, computed together. */
final class Generation {

    /** Of a text's beginning: a generator puts its start token behind the source, where a language model has none; and the last token is given anew. */
    private static final int TAKEN_BACK = 2;
    private static final int LONGEST = 1 << 15;

    private final Served served;
    private final List<Line> lines = new ArrayList<>();
    private int promptTokens;

    /**
     * Understands the prompts.
     *
     * @throws Problem if a prompt is none for this model
     */
    Generation(Served served, List<Prompt> prompts, Settings settings, Listener listener) {
        this.served = served;
        int most = settings.maxTokens().orElse(served.card().usualTokens());
        long seed = settings.seed().orElseGet(() -> new SplittableRandom().nextLong());
        var seeds = new SplittableRandom(seed);
        for (Prompt prompt : prompts) {
            int[] ids = ids(prompt);
            promptTokens += ids.length;
            if (ids.length + most > LONGEST) {
                throw Problem.tooLong("max_tokens", "a prompt of " + ids.length + " tokens and " + most + " more; a row here has at most " + LONGEST);
            }
            for (int n = 0; n < settings.choices(); n++) {
                Line.Start start = switch (served.card().reading()) {
                    case SOURCE -> ofSource(ids, lines.size());
                    case TEXT -> ofText(ids, lines.size(), settings);
                };
                lines.add(new Line(start, settings, served, most, seeds.nextLong(), listener));
            }
        }
    }

    private int[] ids(Prompt prompt) {
        return switch (prompt) {
            case Prompt.Text(String text) -> encoded(text);
            case Prompt.Ids(int[] ids) -> {
                Arrays.stream(ids).filter(id -> id < 0 || id >= served.card().vocabulary()).findFirst().ifPresent(id -> {
                    throw Problem.wrong("prompt", "'prompt' has token id " + id + "; " + served.card().id() + " has 0 to " + (served.card().vocabulary() - 1));
                });
                yield ids;
            }
        };
    }

    private int[] encoded(String text) {
        try {
            return served.tokenizer().encodeSource(text);
        } catch (IllegalArgumentException e) {
            throw Problem.wrong("prompt", "'prompt': " + e.getMessage());
        }
    }

    /** Everything before the first start token is source. */
    private Line.Start ofSource(int[] ids, int choice) {
        int start = 0;
        while (start < ids.length && ids[start] != served.card().startToken()) {
            start++;
        }
        if (start == 0) {
            throw Problem.wrong("prompt", "'prompt' has no source: give one token at least, before the start token if there is one");
        }
        int[] given = Arrays.copyOfRange(ids, Math.min(ids.length, start + 1), ids.length);
        return new Line.Start(choice, Arrays.copyOf(ids, start), Arrays.copyOf(ids, ids.length - given.length), given, new int[0]);
    }

    /** A text begins with the start token, whether the prompt has it or not. What the model says of the prompt is only computed if somebody asks. */
    private Line.Start ofText(int[] ids, int choice, Settings settings) {
        int[] text = ids.length > 0 && ids[0] == served.card().startToken() ? Arrays.copyOfRange(ids, 1, ids.length) : ids;
        if (settings.echo()) {
            return new Line.Start(choice, new int[] {served.card().startToken()}, Arrays.copyOf(ids, ids.length - text.length), text, new int[0]);
        }
        int[] row = new int[text.length + 1];
        row[0] = served.card().startToken();
        System.arraycopy(text, 0, row, 1, text.length);
        return new Line.Start(choice, row, new int[0], new int[0], text);
    }

    int promptTokens() {
        return promptTokens;
    }

    int chosenTokens() {
        return lines.stream().mapToInt(Line::chosen).sum();
    }

    /**
     * Computes.
     *
     * @param cancelled asked before every token
     * @throws CancellationException if it said so
     * @throws Problem if the rows do not fit in memory
     */
    void run(BooleanSupplier cancelled) {
        int source = lines.stream().mapToInt(line -> line.source().length).max().orElse(1);
        int room = source + 1 + lines.stream().mapToInt(Line::room).max().orElse(1);
        try (Generator generator = generator(room)) {
            Logits logits = begin(generator);
            lines.forEach(Line::begin);
            RowByRow.run(generator, logits, (now, row, line) -> {
                if (cancelled.getAsBoolean()) {
                    throw new CancellationException("nobody waits for the answer");
                }
                return lines.get(line).take(now, row);
            });
        }
    }

    private Generator generator(int room) {
        try {
            return served.model().generator(lines.size(), room);
        } catch (IllegalArgumentException e) {
            throw Problem.tooLong("max_tokens", e.getMessage());
        }
    }

    private Logits begin(Generator generator) {
        int[][] sources = lines.stream().map(Line::source).toArray(int[][]::new);
        Logits first = generator.start(sources);
        if (served.card().reading() == Reading.SOURCE) {
            return first;
        }
        generator.rewind(TAKEN_BACK);
        return generator.next(Arrays.stream(sources).mapToInt(source -> source[source.length - 1]).toArray());
    }
}
