package org.encore.experiment.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.encore.api.inference.ChosenBackend;
import org.encore.api.inference.LoadedModel;
import org.encore.api.run.Event;
import org.encore.api.run.Stage;
import org.encore.api.run.StageContext;
import org.encore.api.run.StageContext.Variant;
import org.encore.api.task.TaskData;
import org.encore.api.task.Tokenizer;
import org.encore.api.weights.SafeTensors;
import org.encore.api.weights.Weights;
import org.encore.bench.Contestant;
import org.encore.bench.Machine;
import org.encore.bench.Protocol;
import org.encore.bench.Quantity;
import org.encore.bench.Race;
import org.encore.bench.RaceResult;
import org.encore.bench.Witness;
import org.encore.bench.workload.Workload;
import org.encore.experiment.device.MachineLimits;
import org.encore.experiment.result.BenchmarkSummary;
import org.encore.experiment.plan.Work;
import org.encore.experiment.result.Partial;
import org.encore.experiment.result.SampleFile;
import org.encore.experiment.result.TokenFile;
import org.encore.experiment.result.TraceFile;
import org.encore.experiment.train.TrainStage;


/**
 * Times all models in turns and measures the memory of each in a process of its own. Leaves {@code samples.csv}, {@code tokens.csv},
 * {@code trace.json} and {@code summary.json}.
 */
public final class BenchmarkStage implements Stage<BenchmarkOptions> {

    /** A call of a runtime that computes next to nothing, as work of the same duration (0.1 ms). */
    private static final double CALL = 2e6;
    /** A process that starts and loads a model, likewise (1.5 s). */
    private static final double PROCESS = 3e10;

    private static final long SEED = 1;
    private static final int SOURCES = 16;

    @Override
    public Class<BenchmarkOptions> optionsType() {
        return BenchmarkOptions.class;
    }

    @Override
    public Scope scope() {
        return Scope.GROUP;
    }

    @Override
    public List<String> needs() {
        return List.of();
    }

    /** Trained weights where there is a training, random ones where there is none: times do not depend on their values. */
    @Override
    public List<String> uses() {
        return List.of("data", "tokenizer", "train");
    }

    @Override
    public boolean measures() {
        return true;
    }

    /** Models of a variant that differ in their weights alone differ in nothing that takes time: one of them stands for all. */
    @Override
    public List<Variant> selects(BenchmarkOptions options, List<Variant> group) {
        var first = new LinkedHashMap<List<Object>, Variant>();
        group.forEach(variant -> first.putIfAbsent(List.of(variant.name(), variant.options()), variant));
        return List.copyOf(first.values());
    }

    @Override
    public double work(BenchmarkOptions options, StageContext context) {
        Workload asked = options.scenario();
        int length = asked.length(options.sourceTokens(), options.targetTokens());
        double turn = asked.rows() * asked.requests() * (context.variants().stream().mapToDouble(v -> Work.flops(v, length, options.targetTokens())).sum()
                + CALL * context.variants().size() * options.targetTokens());
        return turn * (options.repeats() + options.warmup()) + (options.memory() ? PROCESS * context.variants().size() : 0);
    }

    @Override
    public void run(BenchmarkOptions options, StageContext context) throws IOException {
        ChosenBackend<?> chosen = ChosenBackend.of(options.backend());
        Workload asked = options.scenario();
        List<int[]> sources = sources(context.data(), context.tokenizer(), asked.length(options.sourceTokens(), options.targetTokens()));
        int room = asked.room(options.sourceTokens(), options.targetTokens());
        var models = new LinkedHashMap<Variant, LoadedModel>();
        var contestants = new ArrayList<Contestant>();
        var environment = Machine.environment();
        environment.put(BenchmarkSummary.DEVICE, chosen.backend().device());
        try {
            for (Variant variant : context.variants()) {
                LoadedModel model = chosen.load(variant.model(), weights(context, variant));
                models.put(variant, model);
                contestants.add(new Contestant(variant.cell(), model.generator(asked.rows(), room)));
            }
            boolean untrained = context.variants().stream().anyMatch(variant -> context.found("train", variant).isEmpty());
            String description = Stream.concat(Stream.of(chosen.backend().probe().words()), models.values().stream()
                    .flatMap(model -> model.remarks().stream()).distinct())
                    .collect(Collectors.joining("; "));
            var around = new Summary.Surroundings(models, description, room, MachineLimits.known(), environment, untrained);
            RaceResult race = race(options, context, contestants, sources, around);
            SampleFile.write(context.output(), race);
            TokenFile.write(context.output(), race);
            TraceFile.write(context.output(), race);
            Set<Integer> voided = race.voided();
            race.samples().forEach(s -> context.emit(
                    new Event.Sample(s.contestant(), s.repeat(), s.firstTokenMillis(), s.perTokenMillis(), voided.contains(s.repeat()))));
            Map<String, Double> peaks = options.memory() ? MemoryProbe.peaks(options, context, sources.getFirst(), environment) : Map.of();
            Summary.write(context.output(), Summary.of(options, race, around, peaks, false));
        } finally {
            contestants.forEach(contestant -> contestant.generator().close());
            models.values().forEach(LoadedModel::close);
        }
    }

    private static Weights weights(StageContext context, Variant variant) throws IOException {
        Optional<Path> trained = context.found("train", variant);
        return trained.isPresent() ? SafeTensors.read(trained.get().resolve(TrainStage.BEST)).weights()
                : Weights.standIn(variant.model(), variant.seed());
    }

    /** Stopped, it leaves what it has. */
    private static RaceResult race(BenchmarkOptions options, StageContext context, List<Contestant> contestants, List<int[]> sources,
            Summary.Surroundings around) throws IOException {
        var protocol = new Protocol(options.warmup(), options.repeats(), options.targetTokens(), SEED);
        var course = new RaceCourse(protocol, contestants.size() + 1, context::emit, System::nanoTime);
        try {
            RaceResult race = Race.run(protocol, contestants, options.scenario(), sources, Witness.ofThisProcess(), course, context::cancelled);
            course.over();
            Partial.forget(context);
            return race;
        } catch (CancellationException e) {
            Optional<RaceResult> part = Partial.race(protocol, contestants.stream().map(Contestant::id).toList(), course.samples());
            if (part.isPresent()) {
                Partial.keep(context, part.get(), Summary.of(options, part.get(), around, Map.of(), true));
            }
            throw e;
        }
    }

    /** Sources of exactly this length: held-out ones joined and cut, so that all models read real symbols. */
    private static List<int[]> sources(TaskData data, Tokenizer tokenizer, int length) {
        var sources = new ArrayList<int[]>();
        int next = 0;
        for (int i = 0; i < SOURCES; i++) {
            var source = new int[length];
            int filled = 0;
            while (filled < length) {
                int[] ids = tokenizer.encodeSource(data.development().get(next++ % data.development().size()).source());
                for (int j = 0; j < ids.length && filled < length; j++) {
                    source[filled++] = ids[j];
                }
            }
            sources.add(source);
        }
        return sources;
    }

    /** Readable names of what is timed. */
    static String name(Quantity quantity) {
        return switch (quantity) {
            case FIRST_TOKEN -> "firstTokenMillis";
            case PER_TOKEN -> "perTokenMillis";
        };
    }
}
