package org.encore.experiment.distil;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.encore.api.option.Choice;
import org.encore.api.option.WrongOption;
import org.encore.api.teachers.Gives;
import org.encore.api.teachers.Teacher;
import org.encore.api.training.Objective;
import org.encore.distill.ChosenTeacher;
import org.encore.experiment.train.Training;

/** Whether what learns from a teacher can use what that one gives, as far as options tell: a teacher that was asked in vain has cost hours, or money. */
final class TeacherFit {

    private static final String CACHE = "teacher-cache";
    private static final String OBJECTIVE = "training.objective";

    private TeacherFit() {}

    /**
     * Of a student.
     *
     * @param stages of its model, with their options
     */
    static void check(DistilOptions student, Map<String, Record> stages) {
        if (!(stages.get(CACHE) instanceof TeacherCacheOptions cache)) {
            return;
        }
        Optional<Gives> gives = ChosenTeacher.of(cache.teacher()).gives();
        if (Training.teacherTemperature(student.training().objective()).isPresent()) {
            gives.ifPresent(given -> distributions(student.training().objective(), cache.teacher(), given));
            temperature(student, cache);
        }
        if (student.targets() == DistilOptions.Targets.TEACHER && gives.isPresent() && gives.get() != Gives.ANSWERS) {
            throw new WrongOption("targets", "targets: teacher takes whole outputs for labels, but " + words(cache.teacher(), gives.get())
                    + ". Let it write them: add the stage 'sequences' before 'distil', with targets: sequences.");
        }
        if (student.onPolicy().used() && ChosenTeacher.of(student.onPolicy().teacher()).gives().equals(Optional.of(Gives.ANSWERS))) {
            throw new WrongOption("onPolicy.teacher", "onPolicy: what the student writes is commented token by token, but " + words(student.onPolicy().teacher(), Gives.ANSWERS));
        }
    }

    private static void distributions(Choice<Objective<?>> objective, Choice<Teacher<?>> teacher, Gives gives) {
        switch (gives) {
            case DISTRIBUTIONS -> { }
            case SPANS -> {
                if (!Training.bySpans(objective)) {
                    throw new WrongOption(OBJECTIVE, "objective '" + objective.id() + "' compares the teacher's distribution with the student's token by token, but "
                            + words(teacher, gives) + ", over tokens of its own. Use the objective span-uld, or a teacher that reads with the students' tokenizer "
                            + "(gives: distributions).");
                }
            }
            case ANSWERS -> throw new WrongOption(OBJECTIVE, "objective '" + objective.id() + "' learns from distributions over tokens, but " + words(teacher, gives)
                    + ". Learn those as labels (targets: teacher, objective: cross-entropy), or choose a teacher that gives distributions.");
        }
    }

    private static void temperature(DistilOptions student, TeacherCacheOptions cache) {
        boolean tempered = student.temperatureCourse().isPresent();
        double needed = tempered ? 1 : Training.teacherTemperature(student.training().objective()).getAsDouble();
        if (needed != cache.temperature()) {
            throw new WrongOption(OBJECTIVE, String.format(Locale.ROOT, "%s needs distributions at temperature %s, but %s asks its teacher at %s: what was said at one says nothing of "
                    + "another. Set %s: {temperature: %s}.", tempered ? "temperatureCourse" : "objective '" + student.training().objective().id() + "'", number(needed), CACHE,
                    number(cache.temperature()), CACHE, number(needed)));
        }
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    /** Of the stage that lets a teacher write. */
    static void check(SequencesOptions options) {
        if (ChosenTeacher.of(options.teacher()).gives().equals(Optional.of(Gives.SPANS))) {
            throw new WrongOption("teacher", "a teacher writes in the students' tokens or by itself, but " + words(options.teacher(), Gives.SPANS)
                    + ". Take its whole outputs (gives: answers).");
        }
    }

    /** Of the stage that compares models with their teacher. */
    static void agreement(Map<String, Record> stages) {
        if (stages.get(CACHE) instanceof TeacherCacheOptions cache && ChosenTeacher.of(cache.teacher()).gives().equals(Optional.of(Gives.ANSWERS))) {
            throw new IllegalArgumentException("stage 'agreement' compares distributions of models with their teacher's, but " + words(cache.teacher(), Gives.ANSWERS)
                    + ". Leave the stage out: scores of the test say how near its students come.");
        }
    }

    private static String words(Choice<Teacher<?>> teacher, Gives gives) {
        return "teacher '" + teacher.id() + "' gives " + switch (gives) {
            case DISTRIBUTIONS -> "distributions over tokens";
            case SPANS -> "distributions by spans of text (gives: spans)";
            case ANSWERS -> "whole outputs alone";
        };
    }
}
