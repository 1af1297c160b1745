package org.encore.experiment.result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.encore.api.run.Event;

/** The curves of a training as CSV files. */
public final class CurveFiles {

    public static final String TRAINING = "curve.csv";
    public static final String DEVELOPMENT = "development.csv";
    private static final String TRAINING_HEADER = "step,tokens,lossNats,learningRate,gradientNorm,tokensPerSecond";
    private static final String DEVELOPMENT_HEADER = "step,tokens,lossNats";

    private CurveFiles() {}

    /** Points of a folder's training curve; none if it has none. @param cell that the points are given */
    public static List<Event.TrainStep> training(Path folder, String cell) throws IOException {
        var points = new ArrayList<Event.TrainStep>();
        for (String[] row : rows(folder.resolve(TRAINING))) {
            points.add(new Event.TrainStep(cell, Long.parseLong(row[0]), Long.parseLong(row[1]), 0, Double.parseDouble(row[2]), Double.parseDouble(row[3]),
                    Double.parseDouble(row[4]), Double.parseDouble(row[5])));
        }
        return points;
    }

    /** Points of a folder's development curve; none if it has none. @param cell that the points are given */
    public static List<Event.TrainEvaluation> development(Path folder, String cell) throws IOException {
        var points = new ArrayList<Event.TrainEvaluation>();
        for (String[] row : rows(folder.resolve(DEVELOPMENT))) {
            points.add(new Event.TrainEvaluation(cell, Long.parseLong(row[0]), Long.parseLong(row[1]), Double.parseDouble(row[2])));
        }
        return points;
    }

    private static List<String[]> rows(Path file) throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        List<String> lines = Files.readAllLines(file);
        return lines.subList(Math.min(1, lines.size()), lines.size()).stream().map(line -> line.split(",")).toList();
    }

    /** Writes both files. */
    public static void write(Path folder, List<Event.TrainStep> training, List<Event.TrainEvaluation> development) throws IOException {
        var steps = new ArrayList<>(List.of(TRAINING_HEADER));
        training.forEach(p -> steps.add(p.step() + "," + p.tokens() + "," + p.loss() + "," + p.learningRate() + "," + p.gradientNorm() + ","
                + p.tokensPerSecond()));
        Files.write(folder.resolve(TRAINING), steps);
        var looks = new ArrayList<>(List.of(DEVELOPMENT_HEADER));
        development.forEach(p -> looks.add(p.step() + "," + p.tokens() + "," + p.loss()));
        Files.write(folder.resolve(DEVELOPMENT), looks);
    }
}
