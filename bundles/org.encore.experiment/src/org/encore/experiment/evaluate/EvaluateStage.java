package org.encore.experiment.evaluate;

import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;

import org.encore.api.extension.ExtensionPoint;
import org.encore.api.inference.ChosenBackend;
import org.encore.api.inference.Decoding;
import org.encore.api.inference.FittingGenerator;
import org.encore.api.inference.Generator;
import org.encore.api.inference.LoadedModel;
import org.encore.api.inference.RowsTogether;
import org.encore.api.run.Event;
import org.encore.api.run.Stage;
import org.encore.api.run.StageContext;
import org.encore.api.task.Metric;
import org.encore.api.task.TaskData.Example;
import org.encore.api.weights.SafeTensors;
import org.encore.api.weights.Weights;
import org.encore.experiment.plan.Work;
import org.encore.experiment.result.Scores;
import org.encore.experiment.result.Statistics;
import org.encore.experiment.store.Digests;
import org.encore.experiment.train.TrainStage;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;

/** Generates for every held-out source and scores the outputs. Leaves {@code predictions.jsonl} and {@code scores.json}. */
public final class EvaluateStage implements Stage<EvaluateOptions> {

    private static final Gson LINE = new GsonBuilder().disableHtmlEscaping().create();
    private static final Gson PAGE = new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create();

    @Override
    public Class<EvaluateOptions> optionsType() {
        return EvaluateOptions.class;
    }

    @Override
    public Scope scope() {
        return Scope.CELL;
    }

    @Override
    public List<String> needs() {
        return List.of("data", "tokenizer", "train");
    }

    @Override
    public List<String> keyParts(EvaluateOptions options, StageContext context) {
        return context.data().metrics().stream()
                .map(id -> "metric " + id + " " + Digests.code(context.registry().find(ExtensionPoint.METRICS, id).get().getClass())).toList();
    }

    /** A forward pass over every held-out example. */
    @Override
    public double work(EvaluateOptions options, StageContext context) {
        long tokens = 0;
        for (List<Example> examples : context.data().heldOut().values()) {
            tokens += examples.size() * 20L;
        }
        return Work.perToken(context) * tokens;
    }

    @Override
    public void run(EvaluateOptions options, StageContext context) throws IOException {
        Weights weights = SafeTensors.read(context.input("train", context.variant()).resolve(TrainStage.BEST)).weights();
        SequencedMap<String, List<Example>> splits = context.data().heldOut();
        long total = splits.values().stream().mapToLong(List::size).sum();
        var scores = new LinkedHashMap<String, Map<String, Scores.Score>>();
        long done = 0;
        try (LoadedModel model = ChosenBackend.of(options.backend()).load(context.variant().model(), weights);
                var predictions = Files.newBufferedWriter(context.output().resolve("predictions.jsonl"))) {
            for (var split : splits.entrySet()) {
                List<String> outputs = generate(options, context, model, split.getValue(), done, total);
                done += outputs.size();
                for (int i = 0; i < outputs.size(); i++) {
                    Example example = split.getValue().get(i);
                    predictions.write(LINE.toJson(new Prediction(split.getKey(), example.source(), outputs.get(i), example.references())));
                    predictions.newLine();
                }
                scores.put(split.getKey(), score(context, split.getKey(), split.getValue(), outputs));
            }
        }
        Files.writeString(context.output().resolve("scores.json"), PAGE.toJson(new Scores(options.decoding().id(), scores)));
    }

    private record Prediction(String split, String source, String output, List<String> references) {}

    private static List<String> generate(EvaluateOptions options, StageContext context, LoadedModel model, List<Example> examples, long before,
            long total) {
        var tokenizer = context.tokenizer();
        int[][] sources = examples.stream().map(e -> tokenizer.encodeSource(e.source())).toArray(int[][]::new);
        var outputs = new String[sources.length];
        var limits = new Decoding.Limits(tokenizer.endToken(), options.maxTokens());
        int longest = RowsTogether.longest(sources);
        int rowsPerSource = rowsPerSource(options.decoding().extension(), options.decoding().options());
        try (var room = new FittingGenerator(model::generator, longest + 1 + options.maxTokens())) {
            long done = before;
            for (List<Integer> part : RowsTogether.parts(sources, options.sources())) {
                if (context.cancelled()) {
                    throw new CancellationException("evaluation stopped");
                }
                int[][] asked = part.stream().map(i -> sources[i]).toArray(int[][]::new);
                Generator generator = room.of(asked.length * rowsPerSource, RowsTogether.longest(asked) + 1 + options.maxTokens());
                List<int[]> ids = decode(options.decoding().extension(), options.decoding().options(), generator, asked, limits);
                for (int i = 0; i < part.size(); i++) {
                    outputs[part.get(i)] = tokenizer.decodeTarget(ids.get(i));
                }
                done += part.size();
                context.emit(new Event.Progress(context.variant().cell(), "evaluate", done, total, "examples"));
            }
        }
        return List.of(outputs);
    }

    private static <O extends Record> int rowsPerSource(Decoding<O> decoding, Record options) {
        return decoding.rowsPerSource(decoding.optionsType().cast(options));
    }

    private static <O extends Record> List<int[]> decode(Decoding<O> decoding, Record options, Generator generator, int[][] sources,
            Decoding.Limits limits) {
        return decoding.decode(decoding.optionsType().cast(options), generator, sources, limits);
    }

    /** Scores a split; what each output contributed is kept too, so that intervals need no second generation. */
    private static Map<String, Scores.Score> score(StageContext context, String split, List<Example> examples, List<String> outputs)
            throws IOException {
        var scores = new LinkedHashMap<String, Scores.Score>();
        var statistics = new LinkedHashMap<String, double[][]>();
        for (String id : context.data().metrics()) {
            Metric metric = context.registry().find(ExtensionPoint.METRICS, id).get();
            double[][] rows = IntStream.range(0, outputs.size())
                    .mapToObj(i -> metric.statistics(outputs.get(i), examples.get(i))).toArray(double[][]::new);
            double value = metric.score(Statistics.sums(rows));
            statistics.put(id, rows);
            scores.put(id, new Scores.Score(value, metric.unit(), metric.lowerIsBetter(), examples.size()));
            context.emit(new Event.Scored(context.variant().cell(), split, id, value, metric.unit(), examples.size()));
        }
        Statistics.write(context.output(), split, statistics);
        return scores;
    }
}
