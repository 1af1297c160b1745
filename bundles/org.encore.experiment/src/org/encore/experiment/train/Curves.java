package org.encore.experiment.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.encore.api.run.Event;
import org.encore.api.run.StageContext;

/** The curves of a training as CSV, kept so that a killed training goes on without a gap or an overlap. */
final class Curves {

    static final String TRAINING = "curve.csv";
    static final String DEVELOPMENT = "development.csv";
    private static final String TRAINING_HEADER = "step,tokens,lossNats,learningRate,gradientNorm,tokensPerSecond";
    private static final String DEVELOPMENT_HEADER = "step,tokens,lossNats";

    private final Path folder;
    private final List<Event.TrainStep> training = new ArrayList<>();
    private final List<Event.TrainEvaluation> development = new ArrayList<>();

    Curves(Path folder) {
        this.folder = folder;
    }

    /** Reads what was written up to a step; what a killed process wrote beyond it is forgotten. */
    void resume(long step) throws IOException {
        for (String[] row : rows(TRAINING)) {
            if (Long.parseLong(row[0]) <= step) {
                training.add(new Event.TrainStep("", Long.parseLong(row[0]), Long.parseLong(row[1]), 0, Double.parseDouble(row[2]),
                        Double.parseDouble(row[3]), Double.parseDouble(row[4]), Double.parseDouble(row[5])));
            }
        }
        for (String[] row : rows(DEVELOPMENT)) {
            if (Long.parseLong(row[0]) <= step) {
                development.add(new Event.TrainEvaluation("", Long.parseLong(row[0]), Long.parseLong(row[1]), Double.parseDouble(row[2])));
            }
        }
    }

    private List<String[]> rows(String file) throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve(file));
        return lines.subList(1, lines.size()).stream().map(line -> line.split(",")).toList();
    }

    /** Tells listeners of this process what the earlier one had reached. */
    void replay(String cell, StageContext context) {
        training.forEach(p -> context.emit(new Event.TrainStep(cell, p.step(), p.tokens(), p.totalTokens(), p.loss(), p.learningRate(),
                p.gradientNorm(), p.tokensPerSecond())));
        development.forEach(p -> context.emit(new Event.TrainEvaluation(cell, p.step(), p.tokens(), p.loss())));
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
        var lines = new ArrayList<>(List.of(DEVELOPMENT_HEADER));
        development.forEach(p -> lines.add(p.step() + "," + p.tokens() + "," + p.loss()));
        Files.write(folder.resolve(DEVELOPMENT), lines);
        var steps = new ArrayList<>(List.of(TRAINING_HEADER));
        training.forEach(p -> steps.add(p.step() + "," + p.tokens() + "," + p.loss() + "," + p.learningRate() + "," + p.gradientNorm() + ","
                + p.tokensPerSecond()));
        Files.write(folder.resolve(TRAINING), steps);
    }
}
