package org.encore.experiment.distil;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

import org.encore.api.run.Stage;
import org.encore.api.run.StageContext;
import org.encore.api.task.TaskData.Pair;
import org.encore.api.training.Batch;
import org.encore.api.weights.SafeTensors;
import org.encore.api.weights.Weights;
import org.encore.distill.cache.AnswerFile;
import org.encore.distill.cache.CacheFile;
import org.encore.experiment.plan.Work;
import org.encore.experiment.store.Digests;
import org.encore.experiment.train.TrainStage;
import org.encore.experiment.train.Training;

/**
 * Trains a variant with a teacher; with an objective that needs none it is the control, by the same code. If the experiment has the stage
 * {@code train} before it, it goes on from those weights, else it begins anew. Its result takes the place of that of {@code train}.
 */
public final class DistilStage implements Stage<DistilOptions> {

    private static final String CACHE = "teacher-cache";
    private static final String TRAIN = "train";

    @Override
    public Class<DistilOptions> optionsType() {
        return DistilOptions.class;
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
    public List<String> needs(DistilOptions options) {
        var needs = new ArrayList<>(needs());
        if (temperature(options).isPresent()) {
            needs.add(CACHE);
        }
        answers(options).filter(stage -> !needs.contains(stage)).ifPresent(needs::add);
        return needs;
    }

    /** Whose whole outputs are the labels; empty if those of the data are. */
    private static Optional<String> answers(DistilOptions options) {
        return switch (options.targets()) {
            case DATA -> Optional.empty();
            case TEACHER -> Optional.of(CACHE);
            case SEQUENCES -> Optional.of(SequencesStage.ID);
        };
    }

    private static OptionalDouble temperature(DistilOptions options) {
        return Training.teacherTemperature(options.training().objective());
    }

    @Override
    public List<String> uses() {
        return List.of(TRAIN);
    }

    @Override
    public String replaces() {
        return TRAIN;
    }

    @Override
    public void check(DistilOptions options) {
        if (answers(options).isPresent() && temperature(options).isPresent()) {
            throw new IllegalArgumentException("objective '" + options.training().objective().id()
                    + "' learns from distributions at the targets of the data, but targets: " + options.targets().name().toLowerCase(Locale.ROOT)
                    + " replaces those by the teacher's answers. Use cross-entropy with them, or targets: data.");
        }
    }

    @Override
    public List<String> keyParts(DistilOptions options, StageContext context) {
        return Training.keyParts(context);
    }

    @Override
    public double work(DistilOptions options, StageContext context) {
        return 3.0 * Work.perToken(context) * options.training().tokens();
    }

    @Override
    public void run(DistilOptions options, StageContext context) throws IOException {
        StageContext.Variant variant = context.variant();
        Optional<Path> trained = context.found(TRAIN, variant);
        Weights start = trained.isPresent() ? SafeTensors.read(trained.get().resolve(TrainStage.BEST)).weights()
                : Weights.initial(variant.model(), variant.seed());
        var subject = new Training.Subject(variant.cell(), variant.model(), variant.seed(), start, context::emit);
        Training.run(options.training(), context, subject, pairs(options, context), guide(options, context));
    }

    private static List<Pair> pairs(DistilOptions options, StageContext context) throws IOException {
        List<Pair> pairs = context.data().train();
        Optional<String> stage = answers(options);
        if (stage.isEmpty()) {
            return pairs;
        }
        List<String> answers = AnswerFile.read(context.input(stage.get(), context.variant()), pairs.stream().map(Pair::source).toList());
        List<Pair> answered = IntStream.range(0, pairs.size()).filter(i -> !answers.get(i).isBlank())
                .mapToObj(i -> new Pair(pairs.get(i).source(), answers.get(i))).toList();
        if (answered.isEmpty()) {
            throw new IllegalArgumentException("the teacher has no answer to any of the " + pairs.size() + " sources: nothing can be learnt from it");
        }
        return answered;
    }

    private static Training.Guide guide(DistilOptions options, StageContext context) throws IOException {
        OptionalDouble temperature = temperature(options);
        if (temperature.isEmpty()) {
            return Training.Guide.NOBODY;
        }
        TaughtRows rows = TaughtRows.of(context);
        CacheFile cache = CacheFile.open(context.input(CACHE, context.variant()), expected(context, temperature.getAsDouble()), rows.positions());
        return new Training.Guide() {
            @Override
            public Batch training(int[] pairs, Batch batch) {
                return batch.with(cache.read(pairs, batch.targetTime()));
            }

            @Override
            public Batch development(int[] examples, Batch batch) {
                return batch.with(cache.read(IntStream.of(examples).map(rows::development).toArray(), batch.targetTime()));
            }
        };
    }

    static CacheFile.Expected expected(StageContext context, double temperature) {
        return new CacheFile.Expected(Digests.sha256(context.tokenizer().toJson()), context.data().digest(), context.tokenizer().size(), temperature);
    }
}
