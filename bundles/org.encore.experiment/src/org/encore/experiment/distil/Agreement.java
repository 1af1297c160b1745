package org.encore.experiment.distil;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import org.encore.api.training.Guidance;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;

/**
 * How near a model is to its teacher, over the target positions of development examples.
 *
 * @param examples compared
 * @param positions of them
 * @param sameToken share of positions at which both hold the same token likeliest, 0 to 1
 * @param teacherEntropy mean, nats; tokens outside the teacher's likeliest count as one, so it is a lower bound
 * @param studentEntropy mean, nats, over the whole vocabulary
 * @param forwardKl mean KL(teacher, student), nats; a lower bound for the same reason
 */
public record Agreement(int examples, long positions, double sameToken, double teacherEntropy, double studentEntropy, double forwardKl) {

    /** Name of the result's file. */
    public static final String FILE = "agreement.json";

    /** What a stage left; empty if it left nothing. */
    public static Optional<Agreement> read(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(new Gson().fromJson(Files.readString(file), Agreement.class));
        } catch (JsonParseException e) {
            throw new IOException(file + " is damaged: " + e.getMessage() + ". Delete its folder and run the experiment again.", e);
        }
    }

    void write(Path folder) throws IOException {
        Files.writeString(folder.resolve(FILE), new GsonBuilder().setPrettyPrinting().create().toJson(this));
    }

    /**
     * Teacher and student at one position; the quantities are those of an {@link Agreement}.
     *
     * @param forwardKl KL(teacher, student), nats
     */
    record At(boolean sameToken, double teacherEntropy, double studentEntropy, double forwardKl) {

        /** Mass of the others that single precision resolves. */
        private static final double LEAST_MASS = 1e-7;

        /**
         * At a position of one example.
         *
         * @param teacher its likeliest tokens at each position, the likeliest first
         * @param student all tokens at each position, the likeliest first
         */
        static At of(Guidance.Top teacher, Guidance.Top student, int position, int vocabulary) {
            int t = position * teacher.k();
            int s = position * vocabulary;
            double studentEntropy = 0;
            double forwardKl = 0;
            var logs = new double[vocabulary];
            for (int i = s; i < s + vocabulary; i++) {
                logs[(int) student.tokens()[i]] = student.logProbabilities()[i];
                studentEntropy -= term(student.logProbabilities()[i], student.logProbabilities()[i]);
            }
            double others = 1;
            for (int i = t; i < t + teacher.k(); i++) {
                double log = teacher.logProbabilities()[i];
                double ofStudent = logs[(int) teacher.tokens()[i]];
                forwardKl += term(log, log - ofStudent);
                others -= Math.exp(ofStudent);
            }
            double tail = teacher.tail()[position];
            if (tail > 0) {
                forwardKl += tail * (Math.log(tail) - Math.log(Math.max(others, LEAST_MASS)));
            }
            return new At(teacher.tokens()[t] == student.tokens()[s], entropy(teacher, position), studentEntropy, forwardKl);
        }

        /** Of a teacher at a position, nats; its other tokens count as one. Of a span of text it is that of the distribution over its first token. */
        static double entropy(Guidance.Top teacher, int position) {
            double tail = teacher.tail()[position];
            double sum = tail;
            double entropy = tail > 0 ? -tail * Math.log(tail) : 0;
            for (int i = position * teacher.k(); i < (position + 1) * teacher.k(); i++) {
                entropy -= term(teacher.logProbabilities()[i], teacher.logProbabilities()[i]);
                sum += Math.exp(teacher.logProbabilities()[i]);
            }
            return entropy / sum + Math.log(sum);
        }

        private static double term(double log, double factor) {
            return Math.exp(log) * factor;
        }
    }

    /** Sums over positions. */
    static final class Sum {

        private int examples;
        private long positions;
        private long same;
        private double teacherEntropy;
        private double studentEntropy;
        private double forwardKl;

        /**
         * One example.
         *
         * @param teacher its likeliest tokens at each position, the likeliest first
         * @param student all tokens at each position, the likeliest first
         */
        void add(Guidance.Top teacher, Guidance.Top student, int vocabulary) {
            examples++;
            for (int position = 0; position < student.tail().length; position++) {
                At at = At.of(teacher, student, position, vocabulary);
                positions++;
                same += at.sameToken() ? 1 : 0;
                teacherEntropy += at.teacherEntropy();
                studentEntropy += at.studentEntropy();
                forwardKl += at.forwardKl();
            }
        }

        Agreement mean() {
            return new Agreement(examples, positions, (double) same / positions, teacherEntropy / positions, studentEntropy / positions,
                    forwardKl / positions);
        }
    }
}
