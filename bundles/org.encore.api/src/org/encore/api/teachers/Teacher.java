package org.encore.api.teachers;

import java.util.List;
import java.util.Optional;

import org.encore.api.extension.Registry;
import org.encore.api.option.Configurable;
import org.encore.api.run.StageContext;
import org.encore.api.task.Tokenizer;

/**
 * What students learn from. Contributed through the extension point {@code org.encore.api.teachers}. A teacher is asked once, by the stage
 * {@code teacher-cache}; students read what it said.
 *
 * @param <O> a record whose components carry {@link org.encore.api.option.Option}
 */
public interface Teacher<O extends Record> extends Configurable<O> {

    /** Ids of the stages whose results it reads with these options; those results are {@link StageContext#input(String)}. */
    default List<String> needs(O options) {
        return List.of();
    }

    /**
     * What its answers depend on beside options, code and the results that it needs, such as the digest of a file that it reads. Called whenever the key of
     * a result is made that it has a part in: by {@code encore plan}, and in a run as soon as the results that the stage needs are known, so perhaps hours
     * after the beginning. What can be told sooner belongs to {@link #verify}.
     *
     * @throws IllegalArgumentException if what the options name is not there any more or does not fit; the message says what was expected
     */
    default List<String> keyParts(O options, StageContext context) {
        return List.of();
    }

    /**
     * What it gives with these options; known without making it ready, so that a student that cannot learn from it is refused before any work.
     *
     * @return empty if that is known only when it is ready
     * @since 0.1.0
     */
    default Optional<Gives> gives(O options) {
        return Optional.empty();
    }

    /**
     * The tokenizer that it reads with, if that may be another than the students'; known without making it ready.
     *
     * @since 0.1.0
     */
    default Optional<Tokenizer> tokenizer(O options, Registry registry) {
        return Optional.empty();
    }

    /**
     * Whether it tells {@linkplain Scoring#states hidden states}; known without making it ready, so that a student that asks for them is refused before
     * any work.
     *
     * @since 0.1.0
     */
    default boolean tellsStates(O options) {
        return false;
    }

    /**
     * Makes it ready.
     *
     * @throws IllegalArgumentException if it does not fit the context's tokenizer or data; the message names both sides
     * @throws org.encore.api.Unavailable if something that it needs is not here
     */
    TeacherSession open(O options, StageContext context);
}
