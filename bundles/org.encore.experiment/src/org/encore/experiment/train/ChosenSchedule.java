package org.encore.experiment.train;

import org.encore.api.option.Choice;
import org.encore.api.training.Schedule;

/** A schedule with the options that somebody chose for it. */
public final class ChosenSchedule {

    private ChosenSchedule() {}

    /** As {@link Schedule#factor}. @param step from 1 @param steps of the training */
    public static double factor(Choice<Schedule<?>> choice, long step, long steps) {
        return factor(choice.extension(), choice.options(), step, steps);
    }

    private static <O extends Record> double factor(Schedule<O> schedule, Record options, long step, long steps) {
        return schedule.factor(schedule.optionsType().cast(options), step, steps);
    }
}
