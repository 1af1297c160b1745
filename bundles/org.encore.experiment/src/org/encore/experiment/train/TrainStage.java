package org.encore.experiment.train;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.encore.api.run.Stage;
import org.encore.api.run.StageContext;
import org.encore.api.task.TaskData;
import org.encore.api.task.Tokenizer;
import org.encore.api.training.Batch;
import org.encore.api.training.Objective;
import org.encore.api.training.Trainer;
import org.encore.api.training.TrainingSession;
import org.encore.api.training.TrainingSettings;
import org.encore.api.weights.Weights;
import org.encore.bench.Machine;
import org.encore.experiment.data.BatchOrder;
import org.encore.experiment.data.Encoded;
import org.encore.experiment.plan.Work;
import org.encore.graph.Program;

/**
 * Trains one variant. Leaves {@code model.safetensors} (best by development loss), {@code last.safetensors}, {@code curve.csv} and
 * {@code development.csv}. A killed training goes on from its last look at the development set.
 */
public final class TrainStage implements Stage<TrainOptions> {

    public static final String BEST = "model.safetensors";
    public static final String LAST = "last.safetensors";

    @Override
    public Class<TrainOptions> optionsType() {
        return TrainOptions.class;
    }

    @Override
    public Scope scope() {
        return Scope.CELL;
    }

    @Override
    public List<String> needs() {
        return List.of("data", "tokenizer");
    }

    @Override
    public List<String> keyParts(TrainOptions options, StageContext context) {
        // sums over threads differ in the last bit, so their number is part of what a result depends on
        return List.of("threads " + context.threads(), "isa " + Machine.instructionSet());
    }

    /** Forward and backward: three times the matrix products of the forward pass. */
    @Override
    public double work(TrainOptions options, StageContext context) {
        return 3.0 * Work.perToken(context) * options.tokens();
    }

    @Override
    public void run(TrainOptions options, StageContext context) throws IOException {
        StageContext.Variant variant = context.variant();
        TaskData data = context.data();
        Tokenizer tokenizer = context.tokenizer();
        var order = new BatchOrder(Encoded.of(data.train(), tokenizer), tokenizer, options.batchTokens(), variant.seed());
        List<Batch> heldOut = BatchOrder.inOrder(Encoded.ofExamples(spread(data.development(), options.evaluationPairs()), tokenizer), tokenizer,
                options.batchTokens());
        var settings = new TrainingSettings(options.optimizer(), options.clip(), options.precision(), context.threads(), variant.seed());
        Program objective = objective(options.objective().extension(), options.objective().options(), tokenizer.size());
        try (TrainingSession session = open(options.trainer().extension(), options.trainer().options(), variant, objective, settings)) {
            new Course(options, context, session, order, heldOut).run();
        }
    }

    private static <O extends Record> TrainingSession open(Trainer<O> trainer, Record options, StageContext.Variant variant, Program objective,
            TrainingSettings settings) {
        Weights start = Weights.initial(variant.model(), variant.seed());
        return trainer.open(variant.model(), objective, settings, start, trainer.optionsType().cast(options));
    }

    private static <O extends Record> Program objective(Objective<O> objective, Record options, int vocabularySize) {
        return objective.build(objective.optionsType().cast(options), vocabularySize);
    }

    /** Examples evenly spread over the set, so that a part stands for the whole. */
    private static List<TaskData.Example> spread(List<TaskData.Example> all, int count) {
        int wanted = Math.min(count, all.size());
        var chosen = new ArrayList<TaskData.Example>();
        for (int i = 0; i < wanted; i++) {
            chosen.add(all.get((int) ((long) i * all.size() / wanted)));
        }
        return chosen;
    }
}
