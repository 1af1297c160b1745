package org.encore.experiment.train;

import java.io.IOException;
import java.util.List;

import org.encore.api.run.Stage;
import org.encore.api.run.StageContext;
import org.encore.api.weights.Weights;
import org.encore.experiment.plan.Work;

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
    public void check(TrainOptions options) {
        Training.refuseTeacher(options.objective(), "which the stage 'train' does not have. Use the stages 'teacher-cache' and 'distil'.");
    }

    @Override
    public List<String> keyParts(TrainOptions options, StageContext context) {
        return Training.keyParts(context);
    }

    /** Forward and backward: three times the matrix products of the forward pass. */
    @Override
    public double work(TrainOptions options, StageContext context) {
        return 3.0 * Work.perToken(context) * options.tokens();
    }

    @Override
    public void run(TrainOptions options, StageContext context) throws IOException {
        StageContext.Variant variant = context.variant();
        var subject = new Training.Subject(variant.cell(), variant.model(), variant.seed(), Weights.initial(variant.model(), variant.seed()),
                context::emit);
        Training.run(options, context, subject, context.data().train(), Training.Guide.NOBODY);
    }
}
