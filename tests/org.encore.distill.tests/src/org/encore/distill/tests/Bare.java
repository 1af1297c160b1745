package org.encore.distill.tests;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.encore.api.extension.Registry;
import org.encore.api.run.Event;
import org.encore.api.run.StageContext;
import org.encore.api.task.TaskData;
import org.encore.api.task.Tokenizer;

/** A context for teachers that ask for nothing of it. */
record Bare() implements StageContext {

    @Override
    public Path output() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Path scratch() {
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
    public Tokenizer tokenizer() {
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
        return false;
    }
}
