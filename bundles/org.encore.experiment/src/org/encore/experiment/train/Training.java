package org.encore.experiment.train;

import java.io.IOException;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import org.encore.api.option.Choice;
import org.encore.api.run.Event;
import org.encore.api.run.StageContext;
import org.encore.api.task.TaskData;
import org.encore.api.task.TaskData.Example;
import org.encore.api.task.TaskData.Pair;
import org.encore.api.task.Tokenizer;
import org.encore.api.training.Batch;
import org.encore.api.training.Objective;
import org.encore.api.training.Trainer;
import org.encore.api.training.TrainingSession;
import org.encore.api.training.TrainingSettings;
import org.encore.api.weights.Weights;
import org.encore.bench.Machine;
import org.encore.experiment.data.BatchOrder;
import org.encore.experiment.data.Batches;
import org.encore.experiment.data.Encoded;
import org.encore.graph.Model;
import org.encore.graph.Program;

/** One training, whatever stage asks for it: of a student by labels, of a student by a teacher, of a teacher. */
public final class Training {

    private Training() {}

    /**
     * Who is trained.
     *
     * @param cell name among the events
     * @param model what it is
     * @param seed of data order and dropout
     * @param start weights that it begins with
     * @param events who hears of it
     */
    public record Subject(String cell, Model model, long seed, Weights start, Consumer<Event> events) {}

    /** Adds what a teacher says to batches. */
    public interface Guide {

        /** Labels alone. */
        Guide NOBODY = new Guide() {
            @Override
            public Batch training(int[] pairs, Batch batch) {
                return batch;
            }

            @Override
            public Batch development(int[] examples, Batch batch) {
                return batch;
            }
        };

        /** @param pairs indices among the training pairs, row by row */
        Batch training(int[] pairs, Batch batch);

        /** @param examples indices among the development examples, row by row */
        Batch development(int[] examples, Batch batch);
    }

    /** The temperature at which an objective wants its teacher; empty if it learns from labels alone. */
    public static OptionalDouble teacherTemperature(Choice<Objective<?>> objective) {
        return teacherTemperature(objective.extension(), objective.options());
    }

    private static <O extends Record> OptionalDouble teacherTemperature(Objective<O> objective, Record options) {
        return objective.teacherTemperature(objective.optionsType().cast(options));
    }

    /** What the key of a training holds: sums over threads differ in the last bit, so their number is part of what a result depends on. */
    public static List<String> keyParts(StageContext context) {
        return List.of("threads " + context.threads(), "isa " + Machine.instructionSet());
    }

    /**
     * Trains, or goes on where a killed process stood, and leaves weights and curves in the output.
     *
     * @param pairs to learn from
     */
    public static void run(TrainOptions options, StageContext context, Subject subject, List<Pair> pairs, Guide guide) throws IOException {
        TaskData data = context.data();
        Tokenizer tokenizer = context.tokenizer();
        var order = new BatchOrder(Encoded.of(pairs, tokenizer), tokenizer, options.batchTokens(), subject.seed());
        int[] examples = spread(data.development().size(), options.evaluationPairs());
        List<Example> chosen = IntStream.of(examples).mapToObj(data.development()::get).toList();
        List<Batch> heldOut = BatchOrder.inOrder(Encoded.ofExamples(chosen, tokenizer), tokenizer, options.batchTokens(),
                (rows, batch) -> guide.development(IntStream.of(rows).map(row -> examples[row]).toArray(), batch));
        var settings = new TrainingSettings(options.optimizer(), options.clip(), options.precision(), context.threads(), subject.seed());
        Program objective = objective(options.objective().extension(), options.objective().options(), tokenizer.size());
        try (TrainingSession session = open(options.trainer().extension(), options.trainer().options(), subject, objective, settings)) {
            new Course(options, context, session, guided(order, guide), heldOut, subject).run();
        }
    }

    private static Batches guided(BatchOrder order, Guide guide) {
        return new Batches() {
            @Override
            public Batch batch(long number) {
                return guide.training(order.pairs(number), order.batch(number));
            }

            @Override
            public long steps(long tokens) {
                return order.steps(tokens);
            }
        };
    }

    private static <O extends Record> TrainingSession open(Trainer<O> trainer, Record options, Subject subject, Program objective,
            TrainingSettings settings) {
        return trainer.open(subject.model(), objective, settings, subject.start(), trainer.optionsType().cast(options));
    }

    private static <O extends Record> Program objective(Objective<O> objective, Record options, int vocabularySize) {
        return objective.build(objective.optionsType().cast(options), vocabularySize);
    }

    /** Indices evenly spread over the set, so that a part stands for the whole. */
    private static int[] spread(int all, int count) {
        int wanted = Math.min(count, all);
        return IntStream.range(0, wanted).map(i -> (int) ((long) i * all / wanted)).toArray();
    }
}
