package org.encore.api.run;

import java.util.List;
import java.util.Map;

import org.encore.api.option.Configurable;
import org.encore.api.run.StageContext.Variant;

/**
 * A step of the pipeline. Contributed through the extension point {@code org.encore.api.stages}. Its result is a folder, published at once when
 * {@link #run} returns; it is found again by a key over kind, options, inputs and code, and then not run twice.
 *
 * @param <O> a record whose components carry {@link org.encore.api.option.Option}
 */
public interface Stage<O extends Record> extends Configurable<O> {

    /** Over what a stage runs once. */
    enum Scope {
        /** One model of the matrix. */
        CELL,
        /** All models that share data, tokenizer and this stage's options. Models that failed before are left out. */
        GROUP,
        /** The whole run, once everything that stands before the stage in the experiment has ended, well or not. It reads the run's folder. */
        RUN
    }

    Scope scope();

    /** Ids of the stages whose results it reads; none for a stage over the whole run, which takes what is there. */
    List<String> needs();

    /** As {@link #needs()}, for stages whose needs depend on their options. */
    default List<String> needs(O options) {
        return needs();
    }

    /** Ids of stages whose results it reads where the experiment has them before it; see {@link StageContext#found}. */
    default List<String> uses() {
        return List.of();
    }

    /** Id of a stage whose result this one's takes the place of for all later stages; empty for most. */
    default String replaces() {
        return "";
    }

    /**
     * Looks at options that are right each by itself, before anything runs.
     *
     * @throws IllegalArgumentException if they do not go together, or not with this stage
     */
    default void check(O options) {
        // most options say all about themselves
    }

    /**
     * As {@link #check(Record)}, together with what the other stages of the same model are given. One option can be named as the wrong one by
     * {@link org.encore.api.option.WrongOption}.
     *
     * @param stages id of each stage of the experiment, this one among them, to its options
     * @throws IllegalArgumentException if they do not go together; the message names both sides
     * @since 0.1.0
     */
    default void check(O options, Map<String, Record> stages) {
        // most stages take whatever the others leave
    }

    /**
     * As {@link #check(Record)}, together with a model that it is to work on, as soon as models are known and before anything runs. Of a stage of scope
     * CELL.
     *
     * @throws IllegalArgumentException if they do not fit; the message says what to change
     * @since 0.1.0
     */
    default void check(O options, Variant variant) {
        // most stages take any model
    }

    /** Whether it runs in a process of its own, so that native code that crashes costs one model and not the run; false for what is over in a moment. */
    default boolean isolated() {
        return true;
    }

    /** For a stage of scope GROUP: which models of a group it looks at, and so depends on; none if it looks at the data alone. */
    default List<Variant> selects(O options, List<Variant> group) {
        return group;
    }

    /** Whether the result depends on this machine and may not be reused elsewhere: true for measurements. */
    default boolean measures() {
        return false;
    }

    /** What its key holds beside options, inputs and code, such as a native library's version. */
    default List<String> keyParts(O options, StageContext context) {
        return List.of();
    }

    /**
     * Roughly how many floating-point operations it takes; 0 if it is over in a moment. Estimates of time are made from this and from earlier runs.
     */
    default double work(O options, StageContext context) {
        return 0;
    }

    /**
     * Does the work and writes the result to {@link StageContext#output()}.
     *
     * @throws java.util.concurrent.CancellationException if {@link StageContext#cancelled()} became true
     * @throws java.io.IOException if the result cannot be written
     */
    void run(O options, StageContext context) throws java.io.IOException;
}
