package org.encore.experiment.train;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.Supplier;
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

    /** What a training learns beside labels, and how the parts of its objective are weighed. */
    public interface Guide {

        /** Labels alone. */
        Guide NOBODY = new Guide() {};

        /**
         * Before the first batch.
         *
         * @param pairs indices of the pairs of a batch by its number
         * @param batches of the whole training
         */
        default void begin(LongFunction<int[]> pairs, long batches) {}

        /**
         * What is learnt when it is the turn of a batch of the data.
         *
         * @param number of the batch, from 1
         * @param pairs indices among the training pairs, row by row
         * @param student its weights now
         */
        default List<Batch> training(long number, int[] pairs, Batch batch, Supplier<Weights> student) {
            return List.of(batch);
        }

        /** A batch of the development set. @param examples indices among its examples, row by row */
        default Batch development(int[] examples, Batch batch) {
            return batch;
        }

        /** As {@link Batches#labels}. */
        default List<Batch> labels(List<Batch> development) {
            return development;
        }

        /** The objective as a graph. */
        default Program objective(Choice<Objective<?>> chosen, int vocabularySize) {
            return program(chosen.extension(), chosen.options(), vocabularySize);
        }

        /** As {@link Batches#looked}. */
        default void looked(double loss) {}

        /** As {@link Batches#watched}. */
        default void watched(long step, long tokens, Supplier<Weights> student) throws IOException {}

        /** As {@link Batches#state}. */
        default Map<String, Weights.Values> state() {
            return Map.of();
        }

        /** As {@link Batches#restore}. */
        default void restore(Weights checkpoint) {}
    }

    /** The temperature at which an objective wants its teacher; empty if it learns from labels alone. */
    public static OptionalDouble teacherTemperature(Choice<Objective<?>> objective) {
        return teacherTemperature(objective.extension(), objective.options());
    }

    /**
     * Refuses an objective that learns from a teacher.
     *
     * @param because why there is none, and what to do
     */
    public static void refuseTeacher(Choice<Objective<?>> objective, String because) {
        if (teacherTemperature(objective).isPresent()) {
            throw new IllegalArgumentException("objective '" + objective.id() + "' learns from a teacher, " + because);
        }
    }

    /** Whether an objective learns from a teacher with another tokenizer, span by span. */
    public static boolean bySpans(Choice<Objective<?>> objective) {
        return bySpans(objective.extension(), objective.options());
    }

    private static <O extends Record> boolean bySpans(Objective<O> objective, Record options) {
        return objective.bySpans(objective.optionsType().cast(options));
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
        Program objective = guide.objective(options.objective(), tokenizer.size());
        // the last update is a whole one
        guide.begin(order::pairs, Math.ceilDiv(order.steps(options.tokens()), options.accumulate()) * options.accumulate());
        try (TrainingSession session = open(options.trainer().extension(), options.trainer().options(), subject, objective, settings)) {
            new Course(options, context, session, guided(order, guide), heldOut, subject).run();
        }
    }

    private static Batches guided(BatchOrder order, Guide guide) {
        return new Batches() {
            @Override
            public Batch batch(long number) {
                return order.batch(number);
            }

            @Override
            public List<Batch> learnt(long number, Batch seen, Supplier<Weights> student) {
                return guide.training(number, order.pairs(number), seen, student);
            }

            @Override
            public List<Batch> labels(List<Batch> development) {
                return guide.labels(development);
            }

            @Override
            public void looked(double loss) {
                guide.looked(loss);
            }

            @Override
            public void watched(long step, long tokens, Supplier<Weights> student) throws IOException {
                guide.watched(step, tokens, student);
            }

            @Override
            public Map<String, Weights.Values> state() {
                return guide.state();
            }

            @Override
            public void restore(Weights checkpoint) {
                guide.restore(checkpoint);
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

    static <O extends Record> Program program(Objective<O> objective, Record options, int vocabularySize) {
        return objective.build(objective.optionsType().cast(options), vocabularySize);
    }

    /** Indices evenly spread over the set, so that a part stands for the whole. */
    private static int[] spread(int all, int count) {
        int wanted = Math.min(count, all);
        return IntStream.range(0, wanted).map(i -> (int) ((long) i * all / wanted)).toArray();
    }
}
