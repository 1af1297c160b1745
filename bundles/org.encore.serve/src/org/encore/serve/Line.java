package org.encore.serve;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;

import org.encore.api.inference.Logits;
import org.encore.api.task.GrowingText;
import org.encore.api.task.Tokenizer;

/** One output while it comes about: what is given first, then what is chosen. */
final class Line {

    /**
     * Where it begins.
     *
     * @param choice number of the output
     * @param source ids that are read at once
     * @param silent leading ids of the source, or of what the model was given otherwise, that it says nothing of
     * @param given ids after those, one by one
     * @param before ids whose text stands before the first given one
     */
    record Start(int choice, int[] source, int[] silent, int[] given, int[] before) {}

    private final Start start;
    private final Settings settings;
    private final Card card;
    private final int most;
    private final Listener listener;
    private final Tokenizer tokenizer;
    private final GrowingText wording;
    private final SplittableRandom random;
    private String held = "";
    private int taken;
    private int chosen;

    Line(Start start, Settings settings, Served served, int most, long seed, Listener listener) {
        this.start = start;
        this.settings = settings;
        this.card = served.card();
        this.most = most;
        this.listener = listener;
        this.tokenizer = served.tokenizer();
        this.wording = new GrowingText(served.tokenizer(), start.before());
        this.random = new SplittableRandom(seed);
    }

    /** Tells of what stands before: nothing of it is the model's. */
    void begin() {
        if (settings.echo()) {
            var words = new GrowingText(tokenizer, new int[0]);
            for (int id : start.silent()) {
                String text = words.add(id);
                listener.piece(start.choice(), new Piece(id, name(id, text), text, text, Double.NaN, List.of()));
            }
        }
    }

    int[] source() {
        return start.source();
    }

    /** Tokens that it will have at most, beside the source. */
    int room() {
        return start.given().length + most;
    }

    /** Tokens that were chosen. */
    int chosen() {
        return chosen;
    }

    /** The next token, given or chosen; empty if the output is over. */
    OptionalInt take(Logits logits, int row) {
        if (taken < start.given().length) {
            int id = start.given()[taken++];
            Piece piece = piece(id, logits, row);
            if (settings.echo()) {
                listener.piece(start.choice(), piece);
            }
            return taken == start.given().length && most == 0 ? over("", "length") : OptionalInt.of(id);
        }
        return most == 0 ? over("", "length") : choose(logits, row);
    }

    private OptionalInt choose(Logits logits, int row) {
        int id = new Scores(logits, row).draw(settings.temperature(), settings.topP(), random);
        if (id == card.endToken() || card.reading() == Reading.TEXT && id == card.startToken()) {
            return over(held + wording.rest(), "stop");
        }
        chosen++;
        Piece piece = piece(id, logits, row);
        String text = held + piece.text();
        int cut = settings.stop().stream().mapToInt(text::indexOf).filter(at -> at >= 0).min().orElse(-1);
        if (cut >= 0) {
            listener.piece(start.choice(), released(piece, text.substring(0, cut)));
            return over("", "stop");
        }
        int certain = text.length() - mayBegin(text);
        held = text.substring(certain);
        listener.piece(start.choice(), released(piece, text.substring(0, certain)));
        return chosen == most ? over(held + wording.rest(), "length") : OptionalInt.of(id);
    }

    private static Piece released(Piece piece, String text) {
        return new Piece(piece.id(), piece.name(), piece.text(), text, piece.logProbability(), piece.likeliest());
    }

    /** Letters at the end that may be the beginning of a stop text. */
    private int mayBegin(String text) {
        int longest = 0;
        for (String stop : settings.stop()) {
            for (int length = Math.min(stop.length() - 1, text.length()); length > longest; length--) {
                if (text.endsWith(stop.substring(0, length))) {
                    longest = length;
                }
            }
        }
        return longest;
    }

    private OptionalInt over(String rest, String reason) {
        listener.end(start.choice(), rest, reason);
        return OptionalInt.empty();
    }

    private Piece piece(int id, Logits logits, int row) {
        if (settings.likeliest().isEmpty()) {
            String text = wording.add(id);
            return new Piece(id, name(id, text), text, text, Double.NaN, List.of());
        }
        var scores = new Scores(logits, row);
        var alternatives = new ArrayList<Piece.Alternative>();
        var names = new LinkedHashSet<String>();
        for (int other : scores.likeliest(Math.min(settings.likeliest().getAsInt(), logits.vocabulary()))) {
            String name = settings.tokensAsIds() ? byId(other) : name(other, wording.with(other));
            // two tokens of one text would be one entry
            alternatives.add(new Piece.Alternative(names.add(name) ? name : byId(other), scores.logProbability(other)));
        }
        String text = wording.add(id);
        return new Piece(id, name(id, text), text, text, scores.logProbability(id), alternatives);
    }

    private String name(int id, String text) {
        return settings.tokensAsIds() || text.isEmpty() ? byId(id) : text;
    }

    private static String byId(int id) {
        return "token_id:" + id;
    }
}
