package org.encore.experiment.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.encore.api.run.Event;
import org.encore.experiment.result.CurveFiles;

/** The curves of a training, kept so that a killed training goes on without a gap or an overlap. */
final class Curves {

    private final Path folder;
    private final List<Event.TrainStep> training = new ArrayList<>();
    private final List<Event.TrainEvaluation> development = new ArrayList<>();
    private final List<CurveFiles.Labels> labels = new ArrayList<>();

    Curves(Path folder) {
        this.folder = folder;
    }

    /** Reads what was written up to a step; what a killed process wrote beyond it is forgotten. */
    void resume(long step, String cell) throws IOException {
        CurveFiles.training(folder, cell).stream().filter(p -> p.step() <= step).forEach(training::add);
        CurveFiles.development(folder, cell).stream().filter(p -> p.step() <= step).forEach(development::add);
        CurveFiles.labels(folder).stream().filter(p -> p.step() <= step).forEach(labels::add);
    }

    /** Tells listeners of this process what the earlier one had reached. */
    void replay(Consumer<Event> events, long totalTokens) {
        training.forEach(p -> events.accept(new Event.TrainStep(p.cell(), p.step(), p.tokens(), totalTokens, p.loss(), p.learningRate(), p.gradientNorm(),
                p.tokensPerSecond())));
        development.forEach(events);
    }

    /** Of the development set, look by look. */
    List<Double> losses() {
        return development.stream().map(Event.TrainEvaluation::loss).toList();
    }

    /** Seconds of training up to the last look. */
    double seconds() {
        return labels.isEmpty() ? 0 : labels.getLast().seconds();
    }

    void add(CurveFiles.Labels look) throws IOException {
        labels.add(look);
        CurveFiles.writeLabels(folder, labels);
    }

    long tokens() {
        return training.isEmpty() ? 0 : training.getLast().tokens();
    }

    void add(Event.TrainStep point) {
        training.add(point);
    }

    boolean isBest(Event.TrainEvaluation evaluation) {
        return development.stream().allMatch(earlier -> evaluation.loss() < earlier.loss());
    }

    void add(Event.TrainEvaluation evaluation) throws IOException {
        development.add(evaluation);
        CurveFiles.write(folder, training, development);
    }
}
