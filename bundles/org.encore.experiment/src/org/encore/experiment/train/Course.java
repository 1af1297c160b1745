package org.encore.experiment.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

import org.encore.api.run.Event;
import org.encore.api.run.StageContext;
import org.encore.api.training.Batch;
import org.encore.api.training.TrainingSession;
import org.encore.api.weights.SafeTensors;
import org.encore.api.weights.Weights;
import org.encore.experiment.data.Batches;
import org.encore.experiment.result.CurveFiles;

/** The training loop: updates, looks at the development set, checkpoints. */
final class Course {

    /** Seconds between two reported steps. */
    private static final double REPORT_SECONDS = 0.5;

    private final TrainOptions options;
    private final StageContext context;
    private final TrainingSession session;
    private final Batches order;
    private final List<Batch> heldOut;
    private final String cell;
    private final Consumer<Event> events;
    private final Path resume;
    private final Curves curves;
    private final long steps;

    Course(TrainOptions options, StageContext context, TrainingSession session, Batches order, List<Batch> heldOut, Training.Subject subject)
            throws IOException {
        this.options = options;
        this.context = context;
        this.session = session;
        this.order = order;
        this.heldOut = heldOut;
        this.cell = subject.cell();
        this.events = subject.events();
        this.resume = context.scratch().resolve("checkpoint.safetensors");
        this.steps = Math.ceilDiv(order.steps(options.tokens()), options.accumulate());
        this.curves = new Curves(context.scratch());
    }

    void run() throws IOException {
        long done = 0;
        if (Files.exists(resume)) {
            SafeTensors checkpoint = SafeTensors.read(resume);
            session.restore(checkpoint.weights());
            done = step(checkpoint);
            curves.resume(done, cell);
            curves.losses().forEach(order::looked);
            order.restore(checkpoint.weights());
            curves.replay(events, options.tokens());
            events.accept(new Event.Message("info", cell + ": training goes on after step " + done + " of " + steps));
        }
        long lookEvery = Math.max(1, Math.ceilDiv(steps, options.evaluations()));
        var window = new Window(done == 0 ? 0 : curves.tokens());
        double seconds = done == 0 ? 0 : curves.seconds();
        for (long step = done + 1; step <= steps; step++) {
            long begun = System.nanoTime();
            if (context.cancelled()) {
                throw new CancellationException("training stopped at step " + (step - 1) + " of " + steps);
            }
            double rate = options.learningRate() * ChosenSchedule.factor(options.schedule(), step, steps);
            var seen = new ArrayList<Batch>();
            var learnt = new ArrayList<Batch>();
            for (int part = 1; part <= options.accumulate(); part++) {
                long number = (step - 1) * options.accumulate() + part;
                seen.add(order.batch(number));
                learnt.addAll(order.learnt(number, seen.getLast(), session::weights));
            }
            TrainingSession.Update update = session.step(step, rate, learnt);
            if (!Double.isFinite(update.loss())) {
                throw new IllegalStateException("the loss became " + update.loss() + " at step " + step + ". Lower learningRate (now "
                        + options.learningRate() + ") or set clip.");
            }
            window.add(update, seen);
            seconds += (System.nanoTime() - begun) / 1e9;
            boolean look = step % lookEvery == 0 || step == steps;
            if (look || window.seconds() >= REPORT_SECONDS) {
                var point = window.report(cell, step, options.tokens(), rate);
                events.accept(point);
                curves.add(point);
            }
            if (look) {
                look(step, window.tokens(), seconds);
            }
        }
        publish();
    }

    private long step(SafeTensors checkpoint) throws IOException {
        String step = checkpoint.metadata().getOrDefault("step", "");
        if (!step.matches("[0-9]{1,18}") || Long.parseLong(step) > steps) {
            throw new IOException(resume + " is no checkpoint of this training: it claims to be of step '" + step + "' of " + steps
                    + ". Delete the folder " + context.scratch() + " and run the experiment again: the training begins anew.");
        }
        return Long.parseLong(step);
    }

    private double loss(List<Batch> batches) {
        double sum = 0;
        long labels = 0;
        for (Batch batch : batches) {
            sum += session.loss(batch) * batch.labelTokens();
            labels += batch.labelTokens();
        }
        return sum / labels;
    }

    private void look(long step, long tokens, double seconds) throws IOException {
        var evaluation = new Event.TrainEvaluation(cell, step, tokens, loss(heldOut));
        List<Batch> ofLabels = order.labels(heldOut);
        if (!ofLabels.isEmpty()) {
            curves.add(new CurveFiles.Labels(step, tokens, seconds, ofLabels == heldOut ? evaluation.loss() : loss(ofLabels)));
        }
        events.accept(evaluation);
        if (curves.isBest(evaluation)) {
            SafeTensors.write(context.scratch().resolve(TrainStage.BEST), session.weights(), java.util.Map.of("step", Long.toString(step)));
        }
        curves.add(evaluation);
        order.looked(evaluation.loss());
        order.watched(step, tokens, session::weights);
        // the checkpoint comes last and at once: whatever is on disk beside it belongs to it or to an earlier step
        var checkpoint = new LinkedHashMap<>(session.checkpoint().tensors());
        checkpoint.putAll(order.state());
        SafeTensors.write(resume, new Weights(checkpoint), java.util.Map.of("step", Long.toString(step)));
    }

    private void publish() throws IOException {
        SafeTensors.write(context.output().resolve(TrainStage.LAST), session.weights(), java.util.Map.of("step", Long.toString(steps)));
        for (String file : List.of(TrainStage.BEST, CurveFiles.TRAINING, CurveFiles.DEVELOPMENT)) {
            Files.copy(context.scratch().resolve(file), context.output().resolve(file));
        }
        if (Files.exists(context.scratch().resolve(CurveFiles.LABELS))) {
            Files.copy(context.scratch().resolve(CurveFiles.LABELS), context.output().resolve(CurveFiles.LABELS));
        }
    }
}
