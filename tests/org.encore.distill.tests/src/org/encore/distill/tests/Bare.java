package org.encore.distill.tests;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

import org.encore.api.extension.Registry;
import org.encore.api.run.Event;
import org.encore.api.run.StageContext;
import org.encore.api.task.TaskData;
import org.encore.api.task.Tokenizer;

/**
 * A context for teachers that ask for little of it.
 *
 * @param scratch where they keep what they resume from
 * @param tokenizer of the students
 * @param stop whether the user asked to stop
 */
record Bare(Path scratch, Tokenizer tokenizer, BooleanSupplier stop) implements StageContext {

    /** Asked for neither. */
    Bare() {
        this(null, null);
    }

    Bare(Path scratch, Tokenizer tokenizer) {
        this(scratch, tokenizer, () -> false);
    }

    @Override
    public Path output() {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Variant> variants() {
        return List.of();
    }

    @Override
    public Path input(String stage, Variant variant) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Path> found(String stage, Variant variant) {
        return Optional.empty();
    }

    @Override
    public Path input(String stage) {
        throw new UnsupportedOperationException();
    }

    @Override
    public TaskData data() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Registry registry() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Path runFolder() {
        throw new UnsupportedOperationException();
    }

    @Override
    public int threads() {
        return 1;
    }

    @Override
    public void emit(Event event) {
        // nobody listens
    }

    @Override
    public boolean cancelled() {
        return stop.getAsBoolean();
    }
}
