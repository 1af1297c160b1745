package org.encore.distill;

import java.util.List;
import java.util.Optional;

import org.encore.api.extension.Registry;
import org.encore.api.option.Choice;
import org.encore.api.run.StageContext;
import org.encore.api.task.Tokenizer;
import org.encore.api.teachers.Gives;
import org.encore.api.teachers.Teacher;
import org.encore.api.teachers.TeacherSession;

/**
 * A teacher with the options that somebody chose for it.
 *
 * @param teacher what was chosen
 * @param options for it
 */
public record ChosenTeacher<O extends Record>(Teacher<O> teacher, O options) {

    /** @param choice of an experiment */
    @SuppressWarnings("unchecked")
    public static ChosenTeacher<?> of(Choice<Teacher<?>> choice) {
        return of((Teacher<Record>) choice.extension(), choice.options());
    }

    private static <O extends Record> ChosenTeacher<O> of(Teacher<O> teacher, Record options) {
        return new ChosenTeacher<>(teacher, teacher.optionsType().cast(options));
    }

    /** As {@link Teacher#needs}. */
    public List<String> needs() {
        return teacher.needs(options);
    }

    /** As {@link Teacher#keyParts}. */
    public List<String> keyParts(StageContext context) {
        return teacher.keyParts(options, context);
    }

    /** As {@link Teacher#gives}. */
    public Optional<Gives> gives() {
        return teacher.gives(options);
    }

    /** As {@link Teacher#tokenizer}. */
    public Optional<Tokenizer> tokenizer(Registry registry) {
        return teacher.tokenizer(options, registry);
    }

    /** As {@link Teacher#tellsStates}. */
    public boolean tellsStates() {
        return teacher.tellsStates(options);
    }

    /** As {@link Teacher#open}. */
    public TeacherSession open(StageContext context) {
        return teacher.open(options, context);
    }
}
