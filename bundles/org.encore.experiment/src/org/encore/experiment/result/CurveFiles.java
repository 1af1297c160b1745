package org.encore.experiment.result;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.encore.api.run.Event;
import org.encore.experiment.run.WholeFile;

/** The curves of a training as CSV files. */
public final class CurveFiles {

    public static final String TRAINING = "curve.csv";
    public static final String DEVELOPMENT = "development.csv";
    /** Loss of the labels alone, whatever was minimised: what trainings of different objectives can be compared by. */
    public static final String LABELS = "labels.csv";
    private static final String TRAINING_HEADER = "step,tokens,lossNats,learningRate,gradientNorm,tokensPerSecond";
    private static final String DEVELOPMENT_HEADER = "step,tokens,lossNats";
    /** How near a student was to its teacher at each look. */
    public static final String AGREEMENT = "agreement.csv";
    private static final String AGREEMENT_HEADER = "step,tokens,sameToken,teacherEntropy,studentEntropy,forwardKl";
    private static final String LABELS_HEADER = "step,tokens,seconds,lossNats";

    /**
     * Loss of the labels at a look at the development set.
     *
     * @param seconds of training up to then, looks not counted, what a student wrote and a teacher said counted
     * @param loss mean of a label, nats
     */
    public record Labels(long step, long tokens, double seconds, double loss) {}

    private CurveFiles() {}

    /** Points of a folder's training curve; none if it has none. @param cell that the points are given */
    public static List<Event.TrainStep> training(Path folder, String cell) throws IOException {
        return Rows.read(folder.resolve(TRAINING), TRAINING_HEADER, row -> new Event.TrainStep(cell, Long.parseLong(row[0]), Long.parseLong(row[1]), 0,
                Double.parseDouble(row[2]), Double.parseDouble(row[3]), Double.parseDouble(row[4]), Double.parseDouble(row[5])));
    }

    /** Points of a folder's development curve; none if it has none. @param cell that the points are given */
    public static List<Event.TrainEvaluation> development(Path folder, String cell) throws IOException {
        return Rows.read(folder.resolve(DEVELOPMENT), DEVELOPMENT_HEADER,
                row -> new Event.TrainEvaluation(cell, Long.parseLong(row[0]), Long.parseLong(row[1]), Double.parseDouble(row[2])));
    }

    /** Looks at the labels of a folder; none if it has none. */
    public static List<Labels> labels(Path folder) throws IOException {
        return Rows.read(folder.resolve(LABELS), LABELS_HEADER,
                row -> new Labels(Long.parseLong(row[0]), Long.parseLong(row[1]), Double.parseDouble(row[2]), Double.parseDouble(row[3])));
    }

    /** Writes {@link #labels}; the file appears whole or not at all. */
    public static void writeLabels(Path folder, List<Labels> labels) throws IOException {
        var looks = new ArrayList<>(List.of(LABELS_HEADER));
        labels.forEach(p -> looks.add(p.step() + "," + p.tokens() + "," + p.seconds() + "," + p.loss()));
        WholeFile.write(folder.resolve(LABELS), String.join("\n", looks) + "\n");
    }

    /** Looks at the teacher of a folder; none if it has none. @param cell that the points are given */
    public static List<Event.TrainAgreement> agreement(Path folder, String cell) throws IOException {
        return Rows.read(folder.resolve(AGREEMENT), AGREEMENT_HEADER, row -> new Event.TrainAgreement(cell, Long.parseLong(row[0]), Long.parseLong(row[1]),
                Double.parseDouble(row[2]), Double.parseDouble(row[3]), Double.parseDouble(row[4]), Double.parseDouble(row[5])));
    }

    /** Writes {@link #agreement}; the file appears whole or not at all. */
    public static void writeAgreement(Path folder, List<Event.TrainAgreement> looks) throws IOException {
        var lines = new ArrayList<>(List.of(AGREEMENT_HEADER));
        looks.forEach(p -> lines.add(p.step() + "," + p.tokens() + "," + p.sameToken() + "," + p.teacherEntropy() + "," + p.studentEntropy() + ","
                + p.forwardKl()));
        WholeFile.write(folder.resolve(AGREEMENT), String.join("\n", lines) + "\n");
    }

    /** Writes both files, each of which appears whole or not at all: a training that was killed reads them again. */
    public static void write(Path folder, List<Event.TrainStep> training, List<Event.TrainEvaluation> development) throws IOException {
        var steps = new ArrayList<>(List.of(TRAINING_HEADER));
        training.forEach(p -> steps.add(p.step() + "," + p.tokens() + "," + p.loss() + "," + p.learningRate() + "," + p.gradientNorm() + ","
                + p.tokensPerSecond()));
        WholeFile.write(folder.resolve(TRAINING), String.join("\n", steps) + "\n");
        var looks = new ArrayList<>(List.of(DEVELOPMENT_HEADER));
        development.forEach(p -> looks.add(p.step() + "," + p.tokens() + "," + p.loss()));
        WholeFile.write(folder.resolve(DEVELOPMENT), String.join("\n", looks) + "\n");
    }
}
