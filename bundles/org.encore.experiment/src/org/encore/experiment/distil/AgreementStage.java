package org.encore.experiment.distil;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import org.encore.api.inference.ChosenBackend;
import org.encore.api.inference.LoadedModel;
import org.encore.api.run.Event;
import org.encore.api.run.Stage;
import org.encore.api.run.StageContext;
import org.encore.api.teachers.Scoring;
import org.encore.api.training.Guidance;
import org.encore.api.weights.SafeTensors;
import org.encore.api.weights.Weights;
import org.encore.distill.ModelScores;
import org.encore.distill.cache.CacheFile;
import org.encore.distill.cache.CacheHeader;
import org.encore.experiment.plan.Work;
import org.encore.experiment.train.TrainStage;

/**
 * Compares each model with the teacher, position by position, whether it has learnt from it or not. Leaves {@code agreement.json}, and {@code token-by-token.json}
 * of a few examples.
 */
public final class AgreementStage implements Stage<AgreementOptions> {

    private static final String CACHE = "teacher-cache";
    private static final int ROWS = 64;

    @Override
    public Class<AgreementOptions> optionsType() {
        return AgreementOptions.class;
    }

    @Override
    public Scope scope() {
        return Scope.CELL;
    }

    @Override
    public List<String> needs() {
        return List.of("data", "tokenizer", CACHE, "train");
    }

    @Override
    public void check(AgreementOptions options, Map<String, Record> stages) {
        TeacherFit.agreement(stages);
    }

    @Override
    public double work(AgreementOptions options, StageContext context) {
        return Work.perToken(context) * options.examples() * 20;
    }

    @Override
    public void run(AgreementOptions options, StageContext context) throws IOException {
        StageContext.Variant variant = context.variant();
        Path folder = context.input(CACHE, variant);
        CacheHeader header = CacheFile.header(folder);
        TaughtRows rows = TaughtRows.of(context);
        CacheFile cache = CacheFile.open(folder, DistilStage.expected(context, header.identity().temperature(), true), rows.positions());
        Weights weights = SafeTensors.read(context.input("train", variant).resolve(TrainStage.BEST)).weights();
        if (header.identity().spans()) {
            context.emit(new Event.Message("warning", variant.cell() + ": " + header.teacher() + " reads with a tokenizer of its own, so agreement token by token is not "
                    + "known; a few examples are compared span by span"));
        } else {
            compare(options, context, cache, rows, weights).write(context.output());
        }
        new Specimens(context, folder, cache, rows).of(Optional.empty(), weights, options.backend()).write(context.output());
    }

    private static Agreement compare(AgreementOptions options, StageContext context, CacheFile cache, TaughtRows rows, Weights weights) {
        int[] examples = IntStream.range(0, Math.min(options.examples(), context.data().development().size())).toArray();
        List<Scoring.Row> compared = IntStream.of(examples).mapToObj(i -> rows.rows().get(rows.development(i))).toList();
        int vocabulary = context.tokenizer().size();
        var sum = new Agreement.Sum();
        LoadedModel model = ChosenBackend.of(options.backend()).load(context.variant().model(), weights);
        try (var student = new ModelScores(context.variant().cell(), "", model, vocabulary, ROWS)) {
            List<Guidance.Top> said = student.score(compared, vocabulary, cache.header().identity().temperature());
            for (int i : examples) {
                sum.add(cache.read(new int[] {rows.development(i)}, compared.get(i).positions()), said.get(i), vocabulary);
            }
        }
        return sum.mean();
    }
}
