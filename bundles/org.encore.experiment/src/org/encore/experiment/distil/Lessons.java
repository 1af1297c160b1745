package org.encore.experiment.distil;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import org.encore.api.option.Choice;
import org.encore.api.training.Batch;
import org.encore.api.training.Objective;
import org.encore.api.weights.Weights;
import org.encore.distill.cache.CacheFile;
import org.encore.experiment.train.Training;
import org.encore.graph.Program;

/**
 * What a student learns from its teacher: the cache's distributions at the targets of the data, or the teacher's comments on the student's own sequences. Then the labels'
 * share is learnt from the data's batch at the same update: what the student wrote has no labels.
 */
final class Lessons implements Training.Guide {

    private final CacheFile cache;
    private final TaughtRows rows;
    private final Optional<Steering> steering;
    private final Optional<OnPolicy> onPolicy;
    private final Optional<Watch> watch;
    private long all = 1;

    /** @param steering empty if the objective's own weights hold throughout */
    Lessons(CacheFile cache, TaughtRows rows, Optional<Steering> steering, Optional<OnPolicy> onPolicy, Optional<Watch> watch) {
        this.cache = cache;
        this.rows = rows;
        this.steering = steering;
        this.onPolicy = onPolicy;
        this.watch = watch;
    }

    @Override
    public void begin(LongFunction<int[]> pairs, long batches) {
        all = batches;
        onPolicy.ifPresent(own -> own.begin(pairs, batches));
    }

    @Override
    public List<Batch> training(long number, int[] pairs, Batch batch, Supplier<Weights> student) {
        if (steering.isEmpty()) {
            return List.of(batch.with(cache.read(pairs, batch.targetTime())));
        }
        Batch.Weights now = steering.get().at(number, all);
        Optional<Batch> written = onPolicy.flatMap(own -> own.batch(number, student));
        if (written.isEmpty()) {
            return List.of(batch.with(cache.read(pairs, batch.targetTime())).with(now));
        }
        Batch own = written.get();
        if (now.labels() == 0) {
            return List.of(own.with(now));
        }
        // an update weighs batches by their positions: each part is to count as if it had all of them
        double positions = own.labelTokens() + batch.labelTokens();
        return List.of(own.with(new Batch.Weights(now.teacher() * positions / own.labelTokens(), 0, now.temperature())),
                batch.with(cache.read(pairs, batch.targetTime())).with(new Batch.Weights(0, now.labels() * positions / batch.labelTokens(), now.temperature())));
    }

    @Override
    public Batch development(int[] examples, Batch batch) {
        Batch taught = batch.with(cache.read(IntStream.of(examples).map(rows::development).toArray(), batch.targetTime()));
        return steering.map(course -> taught.with(course.named())).orElse(taught);
    }

    @Override
    public List<Batch> labels(List<Batch> development) {
        return steering.map(course -> development.stream().map(batch -> batch.with(course.labels())).toList()).orElse(List.of());
    }

    @Override
    public Program objective(Choice<Objective<?>> chosen, int vocabularySize) {
        return steering.map(course -> course.program(chosen, vocabularySize)).orElseGet(() -> Training.Guide.super.objective(chosen, vocabularySize));
    }

    @Override
    public void looked(double loss) {
        onPolicy.ifPresent(own -> own.looked(loss));
    }

    @Override
    public void watched(long step, long tokens, Supplier<Weights> student) throws IOException {
        if (watch.isPresent()) {
            watch.get().look(step, tokens, student);
        }
    }

    @Override
    public Map<String, Weights.Values> state() {
        return onPolicy.map(OnPolicy::state).orElse(Map.of());
    }

    @Override
    public void restore(Weights checkpoint) {
        onPolicy.ifPresent(own -> own.restore(checkpoint));
    }
}
