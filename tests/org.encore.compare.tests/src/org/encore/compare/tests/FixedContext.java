package org.encore.compare.tests;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.encore.api.extension.Registry;
import org.encore.api.run.Event;
import org.encore.api.run.StageContext;
import org.encore.api.task.TaskData;
import org.encore.api.task.Tokenizer;

/** What a stage over a whole run finds: a run's folder, a place for its result, and contributed sections. It asks for nothing else. */
public record FixedContext(Path runFolder, Path output, Registry registry) implements StageContext {

    @Override
    public Path scratch() {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Variant> variants() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Path input(String stage, Variant variant) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Path> found(String stage, Variant variant) {
        throw new UnsupportedOperationException();
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
