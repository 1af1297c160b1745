package org.encore.cli.progress;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

import org.encore.api.run.Event;
import org.encore.api.run.EventSink;

/** Progress on a terminal: lasting lines scroll, the last line changes in place. */
public final class LiveProgress implements EventSink {

    private static final String CLEAR_LINE = "\r\u001b[K";

    /** A line that is longer than the narrowest terminal wraps, and is then not overwritten. */
    private static final int COLUMNS = 79;

    private final PrintWriter out;
    private final PlainProgress lasting;
    private Optional<Event.RaceRepeat> repeat = Optional.empty();

    public LiveProgress(PrintWriter out) {
        this.out = out;
        this.lasting = new PlainProgress(out);
    }

    @Override
    public void on(Path run, Instant time, Event event) {
        switch (event) {
            case Event.TrainStep e -> live(Wording.step(e));
            case Event.RaceRepeat e -> repeat = Optional.of(e); // shown with the progress that follows at once
            case Event.Progress e -> {
                String words = Wording.progress(e);
                live(words + repeat.map(of -> Wording.repeat(of, COLUMNS - words.length() - 2)).orElse(""));
            }
            default -> {
                repeat = Optional.empty();
                out.print(CLEAR_LINE);
                lasting.on(run, time, event);
            }
        }
    }

    private void live(String line) {
        out.print(CLEAR_LINE + "  " + line);
        out.flush();
    }
}
