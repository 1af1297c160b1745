package org.encore.experiment.distil;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.encore.api.run.Event;
import org.encore.api.run.Stage;
import org.encore.api.run.StageContext;
import org.encore.api.task.TaskData.Pair;
import org.encore.api.teachers.Scoring;
import org.encore.api.teachers.TeacherSession;
import org.encore.api.weights.SafeTensors;
import org.encore.api.weights.Weights;
import org.encore.distill.ChosenTeacher;
import org.encore.distill.cache.AnswerFile;
import org.encore.distill.cache.CacheFile;
import org.encore.distill.cache.CacheHeader;
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
        teachers(options).flatMap(teacher -> teacher.needs().stream()).filter(need -> !needs.contains(need)).forEach(needs::add);
        return needs;
    }

    /** Those that are asked on the way. */
    private static Stream<ChosenTeacher<?>> teachers(DistilOptions options) {
        return Stream.concat(options.onPolicy().used() ? Stream.of(options.onPolicy().teacher()) : Stream.empty(),
                options.states().used() ? Stream.of(options.states().teacher()) : Stream.empty()).map(ChosenTeacher::of);
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
        MatchedStates.check(options.states());
        if (answers(options).isPresent() && temperature(options).isPresent()) {
            throw new IllegalArgumentException("objective '" + options.training().objective().id()
                    + "' learns from distributions at the targets of the data, but targets: " + options.targets().name().toLowerCase(Locale.ROOT)
                    + " replaces those by the teacher's answers. Use cross-entropy with them, or targets: data.");
        }
        if (options.steered() && temperature(options).isEmpty()) {
            throw new IllegalArgumentException("objective '" + options.training().objective().id() + "' learns from labels alone, so onPolicy, alphaCourse and "
                    + "temperatureCourse have nothing to say. Use an objective with a teacher, such as forward-kl, or leave them out.");
        }
    }

    @Override
    public void check(DistilOptions options, Map<String, Record> stages) {
        TeacherFit.check(options, stages);
    }

    @Override
    public void check(DistilOptions options, StageContext.Variant variant) {
        if (options.states().used()) {
            MatchedStates.check(options.states(), variant);
        }
    }

    @Override
    public List<String> keyParts(DistilOptions options, StageContext context) {
        var parts = new ArrayList<>(Training.keyParts(context));
        teachers(options).forEach(teacher -> parts.addAll(teacher.keyParts(context)));
        return parts;
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
        if (temperature(options).isEmpty()) {
            train(options, context, subject, pairs(options, context), Training.Guide.NOBODY);
            return;
        }
        TaughtRows rows = TaughtRows.of(context);
        CacheFile cache = cache(options, context, rows);
        var course = Steering.of(options, temperature(options).getAsDouble());
        // an objective with a part for the labels can tell their loss by itself, at no cost to the training
        boolean weighed = options.steered() || course.alpha() < 1 && course.fits(options.training().objective(), context.tokenizer().size());
        Optional<Steering> steering = weighed ? Optional.of(course) : Optional.empty();
        // tokens of two tokenizers cannot be compared one by one
        Optional<Watch> watch = options.watch() == 0 || cache.header().identity().spans() ? Optional.empty()
                : Optional.of(new Watch(context, options.onPolicy().backend(), cache, rows, options.watch(), context::emit));
        if (options.onPolicy().used()) {
            try (var onPolicy = new OnPolicy(setting(options, context, cache.header(), rows))) {
                train(options, context, subject, context.data().train(), new Lessons(cache, rows, steering, Optional.of(onPolicy), watch));
                OnPolicyCost.Report report = onPolicy.cost().report();
                report.write(context.output());
                SpentFile.write(onPolicy.spent(), context);
                context.emit(new Event.Message("info", variant.cell() + ": " + report.words()));
            }
        } else {
            train(options, context, subject, context.data().train(), new Lessons(cache, rows, steering, Optional.empty(), watch));
        }
        if (watch.isPresent()) {
            watch.get().publish();
        }
        if (options.watch() > 0) {
            Weights left = SafeTensors.read(context.output().resolve(TrainStage.BEST)).weights();
            new Specimens(context, context.input(CACHE, variant), cache, rows).of(trained.map(there -> start), left, options.onPolicy().backend()).write(context.output());
        }
    }

    private static void train(DistilOptions options, StageContext context, Training.Subject subject, List<Pair> pairs, Training.Guide guide)
            throws IOException {
        if (!options.states().used()) {
            Training.run(options.training(), context, subject, pairs, guide);
            return;
        }
        try (var matched = MatchedStates.open(options.states(), context, guide)) {
            Training.run(options.training(), context, matched.subject(subject), pairs, matched);
            context.emit(new Event.Message("info", subject.cell() + ": " + matched.words()));
        }
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

    private static CacheFile cache(DistilOptions options, StageContext context, TaughtRows rows) throws IOException {
        boolean tempered = options.temperatureCourse().isPresent();
        double temperature = tempered ? 1 : temperature(options).getAsDouble();
        CacheFile cache = CacheFile.open(context.input(CACHE, context.variant()), expected(context, temperature, Training.bySpans(options.training().objective())),
                rows.positions());
        int k = cache.header().identity().k();
        if (tempered && k < context.tokenizer().size()) {
            throw new IllegalArgumentException(String.format(Locale.ROOT, "temperatureCourse needs the teacher's whole distribution, but the cache has its %,d likeliest of "
                    + "%,d tokens, and the mass of the others at one temperature says nothing of another. Set teacher-cache: {k: %d}, or leave the course out.", k,
                    context.tokenizer().size(), context.tokenizer().size()));
        }
        return cache;
    }

    /** Opens the teacher, which has to be the one of the cache. */
    private static OnPolicy.Setting setting(DistilOptions options, StageContext context, CacheHeader header, TaughtRows rows) {
        TeacherSession session = ChosenTeacher.of(options.onPolicy().teacher()).open(context);
        if (session instanceof Scoring teacher && teacher.fingerprint().equals(header.identity().fingerprint())) {
            int[][] sources = rows.rows().subList(0, rows.training()).stream().map(Scoring.Row::source).toArray(int[][]::new);
            return new OnPolicy.Setting(options.onPolicy(), context.variant().model(), teacher, header.identity().k(), header.identity().temperature(), context.tokenizer(),
                    sources, context.variant().seed());
        }
        session.close();
        throw new IllegalArgumentException("onPolicy: teacher: " + session.description() + " is not the teacher of the cache, which is " + header.teacher()
                + ". Name the same at both.");
    }

    /** @param spans whether the teacher may have another tokenizer */
    static CacheFile.Expected expected(StageContext context, double temperature, boolean spans) {
        return new CacheFile.Expected(Digests.sha256(context.tokenizer().toJson()), context.data().digest(), context.tokenizer().size(), temperature, spans);
    }
}
