package org.encore.listeners.mlflow;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

import org.encore.api.run.Event;
import org.encore.listeners.mlflow.Attempts.GivenUp;
import org.encore.listeners.mlflow.Outbox.Timed;
import org.encore.listeners.mlflow.Tracking.Ending;
import org.encore.listeners.mlflow.Tracking.Known;
import org.encore.listeners.series.Point;
import org.encore.listeners.series.Series;
import org.jspecify.annotations.Nullable;

/** Hands on what is in the outbox, until it is closed and empty. What never arrived is known at the end. */
final class Delivery implements Runnable {

    /** Most values that a server takes at once. */
    private static final int BATCH = 1000;
    private static final List<String> ARTIFACTS = List.of("resolved.yaml", "report.html");
    private static final String WHOLE = "";

    private final Outbox outbox;
    private final Tracking tracking;
    private final Path run;
    private final Identity identity;
    private final Optional<String> experiment;
    private final Pace pace;
    private final Losses losses = new Losses();
    private final Attempts attempts;
    private final Conclusion conclusion;
    private final Series series;
    private final Map<String, Optional<Known>> known = new LinkedHashMap<>();
    private final Set<String> failed = new HashSet<>();
    private final AtomicLong inHand = new AtomicLong();
    private @Nullable Descriptions descriptions;
    private boolean gapsTold;

    Delivery(Outbox outbox, Tracking tracking, Path run, Identity identity, Optional<String> experiment, Pace pace) {
        this.outbox = outbox;
        this.tracking = tracking;
        this.run = run;
        this.identity = identity;
        this.experiment = experiment;
        this.pace = pace;
        this.attempts = new Attempts(outbox, losses, pace, this::rememberGaps);
        this.conclusion = new Conclusion(tracking, attempts, losses);
        this.series = new Series(run);
    }

    @Override
    public void run() {
        try (tracking) {
            for (List<Timed> batch = outbox.take(BATCH, pace.gather()); !batch.isEmpty(); batch = outbox.take(BATCH, pace.gather())) {
                deliver(batch);
                rememberGaps();
            }
        } catch (GivenUp e) {
            giveUp();
        } catch (InterruptedException e) {
            // the run is over and has told what is lost
        } catch (RuntimeException | LinkageError e) {
            losses.because(e.toString());
            giveUp();
        }
    }

    private void deliver(List<Timed> batch) throws GivenUp, InterruptedException {
        inHand.set(batch.stream().mapToLong(Timed::values).sum());
        var points = new LinkedHashMap<String, List<Point>>();
        for (Timed timed : batch) {
            if (timed.event() instanceof Event.RunStarted started) {
                descriptions = new Descriptions(run, identity, experiment, started, timed.time());
                known(WHOLE);
            }
            series.on(timed.time(), timed.event()).forEach(point -> points.computeIfAbsent(point.cell(), cell -> new ArrayList<>()).add(point));
            if (timed.event() instanceof Event.StageFailed failure) {
                fail(failure);
            }
        }
        inHand.set(points.values().stream().mapToLong(List::size).sum());
        for (var ofCell : points.entrySet()) {
            for (List<Point> part : Names.parts(ofCell.getValue(), BATCH)) {
                metrics(ofCell.getKey(), part);
            }
        }
        for (Timed timed : batch) {
            if (timed.event() instanceof Event.RunFinished finished) {
                end(finished.status(), timed);
            }
        }
    }

    private void metrics(String cell, List<Point> points) throws GivenUp, InterruptedException {
        Optional<Known> to = known(cell);
        boolean arrived = to.isPresent();
        if (arrived) {
            List<Point> fresh = points.stream().filter(point -> identity.gaps() || isNew(point, to.get())).toList();
            arrived = fresh.isEmpty() || attempts.make(() -> {
                tracking.metrics(to.get(), fresh);
                return true;
            }).isPresent();
        }
        if (!arrived) {
            losses.values(points.size());
        }
        inHand.addAndGet(-points.size());
    }

    private static boolean isNew(Point point, Known run) {
        Long latest = run.latest().get(Names.metric(point.series()));
        return latest == null || point.step() > latest;
    }

    /** The MLflow run of a cell, made when it is first needed; empty if that was refused. */
    private Optional<Known> known(String cell) throws GivenUp, InterruptedException {
        Optional<Known> there = known.get(cell);
        Descriptions of = descriptions;
        if (there == null && of != null) {
            String parent = cell.equals(WHOLE) ? "" : known(WHOLE).map(Known::id).orElse("");
            there = attempts.make(() -> tracking.open(cell.equals(WHOLE) ? of.whole() : of.of(cell, parent)));
            known.put(cell, there);
        }
        return there == null ? Optional.empty() : there;
    }

    private void fail(Event.StageFailed failure) throws GivenUp, InterruptedException {
        failed.add(failure.cell());
        Descriptions of = descriptions;
        Optional<Known> to = known(of != null && of.has(failure.cell()) ? failure.cell() : WHOLE);
        if (to.isPresent()) {
            attempts.make(() -> {
                tracking.tag(to.get(), Tracking.FAILURE, failure.stage() + ": " + failure.message());
                return true;
            });
        }
    }

    private void end(String status, Timed finished) throws GivenUp, InterruptedException {
        Ending whole = switch (status) {
            case "done" -> Ending.FINISHED;
            case "failed" -> Ending.FAILED;
            default -> Ending.KILLED;
        };
        known.forEach((cell, of) -> of.ifPresent(to -> conclusion.end(to, ending(cell, whole), finished.time())));
        known.getOrDefault(WHOLE, Optional.empty()).ifPresent(to -> ARTIFACTS.forEach(name -> conclusion.artifact(to, run.resolve(name))));
        conclusion.tell();
        if (identity.gaps() && whole != Ending.KILLED && outbox.dropped() == 0) {
            identity.remember(false);
        }
    }

    private Ending ending(String cell, Ending whole) {
        if (cell.equals(WHOLE) || whole == Ending.KILLED) {
            return whole;
        }
        return failed.contains(cell) ? Ending.FAILED : Ending.FINISHED;
    }

    /** A process that resumes the run tells everything again if something was dropped, and only what is missing at the end if not. */
    private void rememberGaps() {
        if (outbox.dropped() > 0 && !gapsTold) {
            identity.remember(true);
            gapsTold = true;
        }
    }

    /** Counts everything that is not handed on yet as lost. */
    void giveUp() {
        losses.values(inHand.getAndSet(0));
        outbox.abandon();
        conclusion.giveUp();
    }

    /** What did not arrive, in a sentence. */
    Optional<String> lost() {
        return losses.told(outbox.dropped(), tracking.place());
    }
}
