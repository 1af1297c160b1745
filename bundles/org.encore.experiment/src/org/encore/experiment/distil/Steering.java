package org.encore.experiment.distil;

import java.util.Optional;

import org.encore.api.option.Choice;
import org.encore.api.training.Batch;
import org.encore.api.training.Objective;
import org.encore.api.training.Schedule;
import org.encore.experiment.train.ChosenSchedule;
import org.encore.graph.Program;

/**
 * How much teacher and labels count, and at which temperature, in the course of a training.
 *
 * @param alpha the objective's share of the teacher
 * @param temperature the objective's
 * @param alphaCourse share of alpha
 * @param temperatureCourse share of the way from 1 to the temperature
 */
record Steering(double alpha, double temperature, Optional<Choice<Schedule<?>>> alphaCourse, Optional<Choice<Schedule<?>>> temperatureCourse) {

    static Steering of(DistilOptions options, double temperature) {
        Choice<Objective<?>> objective = options.training().objective();
        return new Steering(alpha(objective.extension(), objective.options()), temperature, options.alphaCourse(), options.temperatureCourse());
    }

    private static <O extends Record> double alpha(Objective<O> objective, Record options) {
        return objective.teacherShare(objective.optionsType().cast(options));
    }

    /** As the objective names them: by these the development loss is reckoned, so that looks can be compared. */
    Batch.Weights named() {
        return new Batch.Weights(alpha, 1 - alpha, temperature);
    }

    /** The labels alone. */
    Batch.Weights labels() {
        return new Batch.Weights(0, 1, temperature);
    }

    /** Of a batch by its number, from 1. @param all batches of the training */
    Batch.Weights at(long number, long all) {
        double teacher = alpha * alphaCourse.map(course -> ChosenSchedule.factor(course, number, all)).orElse(1.0);
        double now = temperatureCourse.map(course -> 1 + (temperature - 1) * ChosenSchedule.factor(course, number, all)).orElse(temperature);
        return new Batch.Weights(teacher, 1 - teacher, now);
    }

    /** Whether an objective has a form with weights as inputs. */
    boolean fits(Choice<Objective<?>> objective, int vocabularySize) {
        return form(objective.extension(), objective.options(), vocabularySize).isPresent();
    }

    private <O extends Record> Optional<Program> form(Objective<O> objective, Record options, int vocabularySize) {
        return objective.steered(objective.optionsType().cast(options), vocabularySize, temperatureCourse.isPresent());
    }

    /** The objective with weights as inputs. */
    Program program(Choice<Objective<?>> objective, int vocabularySize) {
        return form(objective.extension(), objective.options(), vocabularySize)
                .orElseThrow(() -> new IllegalArgumentException("objective '" + objective.id() + "' cannot be weighed anew for every batch, which onPolicy, "
                        + "alphaCourse and temperatureCourse need. Use another, or leave those out."));
    }
}
