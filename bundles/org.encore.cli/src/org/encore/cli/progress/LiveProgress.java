package org.encore.cli.progress;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;

import org.encore.api.run.Event;
import org.encore.api.run.EventSink;

/** Progress on a terminal: lasting lines scroll, the last line changes in place. */
public final class LiveProgress implements EventSink {

    private static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintWriter out;
    private final PlainProgress lasting;

    public LiveProgress(PrintWriter out) {
        this.out = out;
        this.lasting = new PlainProgress(out);
    }

    @Override
    public void on(Path run, Instant time, Event event) {
        switch (event) {
            case Event.TrainStep e -> live(Wording.step(e));
            case Event.Progress e -> live(Wording.progress(e));
            default -> {
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
