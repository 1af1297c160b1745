package org.encore.experiment.distil;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import org.encore.api.teachers.Spent;
import org.encore.distill.cache.AnswerFile;
import org.encore.distill.cache.CacheFile;
import org.encore.distill.cache.CacheHeader;
import org.encore.experiment.result.CurveFiles;

/**
 * What a teacher cost.
 *
 * @param teacher one line for people
 * @param trainingSeconds that its steps took; NaN if another run trained it, or nobody
 * @param askingSeconds that it took to say everything
 * @param tokens source and target tokens that it read; 0 if it was asked for whole outputs
 * @param bytesPerPosition of its cache; 0 if it was asked for whole outputs
 * @param spent what it counted itself, as a service does
 * @param trainingEnergy of this machine meanwhile
 * @param askingEnergy of this machine meanwhile
 */
public record TeacherCost(String teacher, double trainingSeconds, double askingSeconds, long tokens, int bytesPerPosition, Spent spent, TeacherEnergy.Reading trainingEnergy,
        TeacherEnergy.Reading askingEnergy) {

    /** Of the results of a stage that asks a teacher and of the stage {@code teacher}; empty if the first is not there. */
    public static Optional<TeacherCost> read(Path asked, Path trained) throws IOException {
        if (!Files.isDirectory(asked)) {
            return Optional.empty();
        }
        double training = training(trained);
        Spent spent = SpentFile.read(asked);
        TeacherEnergy.Reading whileTraining = TeacherEnergy.Reading.read(trained);
        TeacherEnergy.Reading whileAsking = TeacherEnergy.Reading.read(asked);
        Optional<AnswerFile.Header> answers = AnswerFile.header(asked);
        if (answers.isPresent()) {
            return Optional.of(new TeacherCost(answers.get().teacher(), training, answers.get().seconds(), 0, 0, spent, whileTraining, whileAsking));
        }
        CacheHeader header = CacheFile.header(asked);
        return Optional.of(new TeacherCost(header.teacher(), training, header.seconds(), header.tokens(), header.identity().bytesPerPosition(), spent, whileTraining,
                whileAsking));
    }

    /** Tokens that it read and wrote: as it counts them, else as they were put to it. */
    public long tokensInAll() {
        long counted = spent.promptTokens() + spent.completionTokens();
        return counted > 0 ? counted : tokens;
    }

    /** From the curve: tokens since the last point over tokens a second. */
    private static double training(Path folder) throws IOException {
        double seconds = 0;
        long before = 0;
        for (var point : CurveFiles.training(folder, "teacher")) {
            seconds += (point.tokens() - before) / point.tokensPerSecond();
            before = point.tokens();
        }
        return seconds == 0 ? Double.NaN : seconds;
    }
}
