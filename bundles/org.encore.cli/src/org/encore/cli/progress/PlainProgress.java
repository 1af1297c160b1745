package org.encore.cli.progress;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

import org.encore.api.Counted;
import org.encore.api.run.Event;
import org.encore.api.run.EventSink;
import org.encore.experiment.process.Outlook;

/** Progress as plain lines, for logs and pipes: what begins and ends, and how far a long stage is every ten seconds. */
public final class PlainProgress implements EventSink {

    private static final Duration BETWEEN = Duration.ofSeconds(10);

    /** Long enough for four models. */
    private static final int ROOM = 120;

    private final PrintWriter out;
    private String repeat = "";
    private Instant last = Instant.MIN;

    public PlainProgress(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void on(Path run, Instant time, Event event) {
        switch (event) {
            case Event.RunStarted e -> out.println((e.resumed() ? "going on with " : "running ") + run + ": "
                    + Counted.of(e.cells().size(), "model"));
            case Event.StageStarted e -> {
                repeat = "";
                out.println(Wording.stage(e.cell(), e.stage()) + " …");
            }
            case Event.StageCached e -> out.println(Wording.stage(e.cell(), e.stage()) + ": done before, kept");
            case Event.StageFinished e -> out.println(Wording.stage(e.cell(), e.stage()) + ": done in " + Wording.clock(e.seconds()));
            case Event.StageFailed e -> out.println(Wording.stage(e.cell(), e.stage()) + ": FAILED: " + e.message());
            case Event.TrainStep e -> sometimes(time, Wording.step(e));
            case Event.Progress e -> sometimes(time, Wording.progress(e) + repeat);
            case Event.RaceRepeat e -> repeat = Wording.repeat(e, ROOM);
            case Event.TrainEvaluation e -> out.println(Wording.evaluation(e));
            case Event.TrainAgreement e -> out.println(Wording.agreement(e));
            case Event.Scored e -> out.println(Wording.scored(e));
            case Event.Message e -> out.println((e.level().equals("info") ? "" : e.level() + ": ") + e.text());
            case Event.Sample e -> { }
            case Event.RunFinished e -> out.println(e.status() + " after " + Wording.clock(e.seconds()));
        }
        out.flush();
    }

    private void sometimes(Instant time, String line) {
        if (last.equals(Instant.MIN) || Duration.between(last, time).compareTo(BETWEEN) >= 0) {
            out.println("  " + line);
            last = time;
        }
    }
}
