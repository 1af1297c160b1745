import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

import org.encore.api.architecture.Block;
import org.encore.api.architecture.Build;
import org.encore.api.training.Batch;
import org.encore.api.training.Guidance;
import org.encore.api.training.TrainingSession;
import org.encore.api.training.TrainingSettings;
import org.encore.api.weights.Weights;
import org.encore.architectures.EncoderDecoder;
import org.encore.bench.Machine;
import org.encore.bench.statistics.Estimate;
import org.encore.bench.statistics.Median;
import org.encore.bench.statistics.Ratio;
import org.encore.distill.cache.CacheFile;
import org.encore.distill.cache.CacheHeader.Identity;
import org.encore.distill.cache.CacheWriter;
import org.encore.graph.Model;
import org.encore.graph.Program;
import org.encore.objectives.ForwardKl;
import org.encore.objectives.PaperMixture;
import org.encore.objectives.SkewKl;
import org.encore.objectives.Skewed;
import org.encore.objectives.TokenCrossEntropy;
import org.encore.objectives.Weighted;
import org.encore.torch.TorchTrainer;

/**
 * A training step that learns from a teacher's cache on disk against one that learns from labels: the same model, weights and batches on the same library, turn by turn in random
 * order. Reading the cache is part of the step.
 */
public final class DistillationStep {

    private static final int PAIRS = 40;
    private static final int WARMUP = 8;
    private static final int ROWS_OF_CACHE = 4096;

    /** What is trained. */
    private record Shape(String name, int vocabulary, int rows, int time, int width, int k) {}

    public static void main(String[] arguments) throws IOException {
        System.out.printf(Locale.ROOT, "fp32, 2 threads, OMP_WAIT_POLICY %s; median of pairs with its 95 %% interval, n = %d pairs%n", System.getenv("OMP_WAIT_POLICY"), PAIRS);
        race(new Shape("letters", 61, 128, 8, 92, 32));
        race(new Shape("letters, k = 61", 61, 128, 8, 92, 61));
        race(new Shape("subwords", 4096, 32, 32, 96, 64));
        System.out.println("machine: " + Machine.environment());
        System.exit(0);
    }

    private static void race(Shape shape) throws IOException {
        var block = new Block(shape.width(), 4, 2, 32, Block.Mlp.SWIGLU, 8 / 3.0, false, true, 10000, false, 0);
        Model model = new EncoderDecoder().build(new EncoderDecoder.Options(4, 2, block), new Build("encoder-decoder", shape.vocabulary(), 1));
        Weights start = Weights.initial(model, 1);
        var settings = new TrainingSettings(new TrainingSettings.AdamW(0.9, 0.98, 1e-8, 0.01), 1, TrainingSettings.Precision.FP32, 2, 1);
        Path folder = Files.createTempDirectory("distillation-step");
        try {
            CacheFile cache = cache(folder, shape);
            System.out.printf(Locale.ROOT, "%n%s: vocabulary %,d, encoder-decoder 4+2 of %,d parameters, %d rows of up to %d + %d tokens; cache of k = %d, %d bytes a position%n", shape.name(),
                    shape.vocabulary(), model.parameterCount(), shape.rows(), shape.time(), shape.time(), shape.k(), cache.header().identity().bytesPerPosition());
            Map<String, Program> objectives = new LinkedHashMap<>();
            objectives.put("forward-kl", new ForwardKl().build(new Weighted(1, 1), shape.vocabulary()));
            objectives.put("paper-mixture", new PaperMixture().build(new PaperMixture.Options(1, 0.9), shape.vocabulary()));
            objectives.put("skew-kl", new SkewKl().build(new Skewed(1, 0.9, 0.1), shape.vocabulary()));
            Program labels = new TokenCrossEntropy().build(new TokenCrossEntropy.Options(0), shape.vocabulary());
            try (TrainingSession control = new TorchTrainer().open(model, labels, settings, start, new TorchTrainer.Options());
                    TrainingSession itself = new TorchTrainer().open(model, labels, settings, start, new TorchTrainer.Options())) {
                report("labels against labels", race(shape, control, itself, cache, false));
            }
            for (Map.Entry<String, Program> objective : objectives.entrySet()) {
                try (TrainingSession control = new TorchTrainer().open(model, labels, settings, start, new TorchTrainer.Options());
                        TrainingSession taught = new TorchTrainer().open(model, objective.getValue(), settings, start, new TorchTrainer.Options())) {
                    report(objective.getKey() + " against labels", race(shape, control, taught, cache, true));
                }
            }
        } finally {
            try (var files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
            }
        }
    }

    /** Milliseconds of the control, of the other, and of reading the cache. */
    private static double[][] race(Shape shape, TrainingSession control, TrainingSession other, CacheFile cache, boolean taught) {
        var random = new Random(1);
        var millis = new double[3][PAIRS];
        for (int i = -WARMUP; i < PAIRS; i++) {
            Batch batch = batch(shape, random);
            int[] rows = random.ints(shape.rows(), 0, ROWS_OF_CACHE).toArray();
            boolean controlFirst = random.nextBoolean();
            for (int turn = 0; turn < 2; turn++) {
                boolean isControl = (turn == 0) == controlFirst;
                long begun = System.nanoTime();
                long read = 0;
                if (isControl) {
                    control.step(i + WARMUP + 1, 1e-3, List.of(batch));
                } else {
                    Batch with = taught ? batch.with(cache.read(rows, batch.targetTime())) : batch;
                    read = System.nanoTime() - begun;
                    other.step(i + WARMUP + 1, 1e-3, List.of(with));
                }
                if (i >= 0) {
                    millis[isControl ? 0 : 1][i] = (System.nanoTime() - begun) / 1e6;
                    millis[2][i] += read / 1e6;
                }
            }
        }
        return millis;
    }

    private static void report(String what, double[][] millis) {
        Estimate ratio = Ratio.ofPairs(millis[1], millis[0]).estimate();
        System.out.printf(Locale.ROOT, "  %-30s %.3fx [%.3f, %.3f]; %.2f ms against %.2f ms, of which reading the cache %.2f ms%n", what, ratio.value(), ratio.low(), ratio.high(),
                Median.of(millis[1]).value(), Median.of(millis[0]).value(), Median.of(millis[2]).value());
    }

    /** Rows of the longest target, whose distributions are sharp at some positions and flat at others. */
    private static CacheFile cache(Path folder, Shape shape) throws IOException {
        var identity = new Identity("random", "none", "none", shape.vocabulary(), shape.k(), 1, false);
        var random = new Random(2);
        try (CacheWriter writer = CacheWriter.open(Files.createDirectories(folder.resolve("scratch")), identity)) {
            var said = new ArrayList<Guidance.Top>();
            for (int row = 0; row < ROWS_OF_CACHE; row++) {
                said.add(said(shape, random));
            }
            writer.append(said, 0, 0);
            Path done = Files.createDirectories(folder.resolve("done"));
            writer.finish(done, "random");
            var positions = new int[ROWS_OF_CACHE];
            Arrays.fill(positions, shape.time());
            return CacheFile.open(done, new CacheFile.Expected("none", "none", shape.vocabulary(), 1, false), positions);
        }
    }

    private static Guidance.Top said(Shape shape, Random random) {
        int k = shape.k();
        var tokens = new long[shape.time() * k];
        var logs = new float[tokens.length];
        var tail = new float[shape.time()];
        for (int position = 0; position < shape.time(); position++) {
            double[] mass = random.doubles(k + 1, -5, 5).map(Math::exp).toArray();
            double sum = Arrays.stream(mass).sum() - (k == shape.vocabulary() ? mass[k] : 0);
            int first = random.nextInt(shape.vocabulary());
            for (int i = 0; i < k; i++) {
                tokens[position * k + i] = (first + i) % shape.vocabulary();
                logs[position * k + i] = (float) Math.log(mass[i] / sum);
            }
            tail[position] = k == shape.vocabulary() ? 0 : (float) (mass[k] / sum);
        }
        return new Guidance.Top(k, tokens, logs, tail);
    }

    private static Batch batch(Shape shape, Random random) {
        int rows = shape.rows();
        int time = shape.time();
        long[] sourceLengths = random.longs(rows, time - 3, time + 1).toArray();
        long[] targetLengths = random.longs(rows, time - 3, time + 1).toArray();
        sourceLengths[0] = time;
        targetLengths[0] = time;
        return new Batch(rows, time, time, random.longs((long) rows * time, 3, shape.vocabulary()).toArray(), sourceLengths,
                random.longs((long) rows * time, 3, shape.vocabulary()).toArray(), random.longs((long) rows * time, 3, shape.vocabulary()).toArray(), targetLengths);
    }
}
