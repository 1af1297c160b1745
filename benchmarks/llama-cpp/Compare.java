import java.io.IOException;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

import org.encore.api.architecture.Block;
import org.encore.api.architecture.Build;
import org.encore.api.device.Probe;
import org.encore.api.inference.Generator;
import org.encore.api.inference.LoadedModel;
import org.encore.api.inference.Logits;
import org.encore.api.option.Choice;
import org.encore.api.quantization.Quantization;
import org.encore.api.quantization.Storage.Activations;
import org.encore.api.weights.Weights;
import org.encore.architectures.DecoderOnly;
import org.encore.bench.Contestant;
import org.encore.bench.Machine;
import org.encore.bench.Protocol;
import org.encore.bench.Quantity;
import org.encore.bench.Race;
import org.encore.bench.RaceResult;
import org.encore.bench.Sample;
import org.encore.bench.Witness;
import org.encore.bench.device.ReadSum;
import org.encore.bench.statistics.Estimate;
import org.encore.bench.statistics.Median;
import org.encore.bench.statistics.Ratio;
import org.encore.cost.Call;
import org.encore.cost.Roof;
import org.encore.cost.Scenario;
import org.encore.graph.Model;
import org.encore.onnx.OrtCpu;
import org.encore.onnx.Serving;
import org.encore.onnx.runtime.PeakProducts;
import org.encore.quantizations.Blocks;
import org.encore.quantizations.Int4Blocks;
import org.encore.quantizations.Int8Blocks;

/**
 * Encore's {@code ort-cpu} against llama.cpp: the same decoder-only model with the same weights in the same process, in turns. llama.cpp is timed by its
 * own counters, Encore by the clock, choosing the token included. Prints a table in Markdown.
 */
final class Compare {

    /** Begins every target; read after the source, by both. */
    static final int START = 1;

    private static final int VOCABULARY = 32_128;
    private static final int THREADS = Runtime.getRuntime().availableProcessors();
    private static final String ENCORE = "Encore";
    private static final String PEER = "llama.cpp";
    private static final int SOURCES = 8;
    private static final int ATTEMPTS = 8;

    /** One precision on both sides, with as many bytes for a weight. */
    private record Precision(String words, Optional<Choice<Quantization<?>>> ours, Gguf.Form theirs, PeakProducts products) {}

    /** What is compared. */
    private record Setting(Model model, DecoderOnly.Options options, Weights weights, int source, int target, int warmup, int repeats, SymbolLookup llama, Path scratch) {}

    /** Best attempts before and after a race. */
    private record Limits(double operationsPerSecond, double bytesPerSecond) {
        Limits best(Limits other) {
            return new Limits(Math.max(operationsPerSecond, other.operationsPerSecond), Math.max(bytesPerSecond, other.bytesPerSecond));
        }
    }

    private Compare() {}

    public static void main(String[] arguments) throws IOException {
        int layers = Integer.getInteger("layers", 30);
        int source = Integer.getInteger("source", 512);
        // 1024 wide, 6 query and 3 key heads of 64 as in arXiv 2501.16273; three matrices of 2752, so that rows are whole blocks of 64
        var block = new Block(1024, 6, 3, 64, Block.Mlp.SWIGLU, 2752 / 1024.0, false, true, 10_000, false, 0);
        var options = new DecoderOnly.Options(layers, DecoderOnly.Prefix.CAUSAL, block);
        Model model = new DecoderOnly().build(options, new Build("decoder-only", VOCABULARY, START));
        Path scratch = Files.createTempDirectory("llama-cpp");
        var setting = new Setting(model, options, Weights.standIn(model, 1), source, Integer.getInteger("target", 33), Integer.getInteger("warmup", 2),
                Integer.getInteger("repeats", 8), LlamaCpp.libraries(Path.of(System.getProperty("llama"))), scratch);
        System.out.printf(Locale.ROOT, "decoder-only of %d layers, %,d parameters, the same random weights on both sides; %d tokens read, %d generated; batch 1, %d threads each%n",
                layers, model.parameterCount(), source, setting.target(), THREADS);
        System.out.println("llama.cpp: " + System.getProperty("llama.version") + ", variant for this processor: " + LlamaCpp.variant()
                + ", keys and values in fp16; Encore: " + new OrtCpu().probe().words() + ", keys and values in fp32");
        System.out.println("machine: " + Machine.environment());
        try {
            var lines = new ArrayList<String>();
            for (String name : System.getProperty("precision", "fp32,int8,int4").split(",")) {
                Precision precision = precisions().get(name);
                if (precision == null) {
                    throw new IllegalArgumentException("precision " + name + ": give some of " + precisions().keySet());
                }
                lines.add(race(setting, precision));
            }
            System.out.println();
            System.out.println("| precision | bytes a weight | " + source + " tokens read: Encore ms | llama.cpp ms | **Encore is so many times faster** | of the roofline | "
                    + "each later token: Encore ms | llama.cpp ms | **Encore is so many times faster** | of the roofline | Encore against itself | pairs, voided |");
            System.out.println("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
            lines.forEach(System.out::println);
        } finally {
            Files.deleteIfExists(scratch);
        }
    }

    private static Map<String, Precision> precisions() {
        var precisions = new LinkedHashMap<String, Precision>();
        // blocks of 64 with a scale in fp32 have as many bytes as llama.cpp's blocks of 32 with one in fp16
        var blocks = new Blocks(64, false, Activations.INT8);
        precisions.put("fp32", new Precision("fp32, F32", Optional.empty(), Gguf.Form.F32, new PeakProducts.Fp32()));
        precisions.put("int8", new Precision("int8, Q8_0", Optional.of(new Choice<>("int8", new Int8Blocks(), blocks)), Gguf.Form.Q8_0, new PeakProducts.Int8()));
        precisions.put("int4", new Precision("int4, Q4_0", Optional.of(new Choice<>("int4", new Int4Blocks(), blocks)), Gguf.Form.Q4_0, new PeakProducts.Int8()));
        return precisions;
    }

    private static String race(Setting setting, Precision precision) throws IOException {
        Path file = setting.scratch().resolve(precision.theirs() + ".gguf");
        int room = setting.source() + setting.target() + 1;
        try {
            Gguf.write(file, setting.model(), setting.options(), setting.weights(), precision.theirs());
            Limits before = limits(precision);
            try (LoadedModel loaded = new OrtCpu().load(setting.model(), setting.weights(), new OrtCpu.Options(THREADS, precision.ours(), Serving.BEST));
                    Generator ours = loaded.generator(1, room); var theirs = new LlamaCpp(setting.llama(), file, VOCABULARY, THREADS, room)) {
                System.out.printf(Locale.ROOT, "%s: logits after %d tokens differ by %.2g of the largest%n", precision.words(), setting.source(),
                        difference(ours, theirs, setting.source() - 1));
                var counters = new LinkedHashMap<Integer, LlamaCpp.Counters>();
                RaceResult result = Race.run(new Protocol(setting.warmup(), setting.repeats(), setting.target(), 1),
                        List.of(new Contestant(ENCORE, ours), new Contestant(PEER, theirs)), sources(setting.source() - 1), Witness.ofThisProcess(), sample -> {
                            if (sample.contestant().equals(PEER)) {
                                counters.put(sample.repeat(), counted(theirs.counters(), setting));
                            }
                        }, () -> false);
                return line(setting, precision, result, counters, limits(precision).best(before), loaded.weightBytes(), theirs.weightBytes());
            }
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** The counters are of exactly this request, or nothing is compared. */
    private static LlamaCpp.Counters counted(LlamaCpp.Counters counters, Setting setting) {
        if (counters.promptTokens() != setting.source() || counters.evalTokens() != setting.target() - 1) {
            throw new IllegalStateException("llama.cpp counted " + counters + ", but " + setting.source() + " tokens were read and " + (setting.target() - 1)
                    + " generated one by one");
        }
        return counters;
    }

    private static List<int[]> sources(int length) {
        var sources = new ArrayList<int[]>();
        for (int i = 0; i < SOURCES; i++) {
            sources.add(new Random(i).ints(length, 3, VOCABULARY).toArray());
        }
        return sources;
    }

    private static double difference(Generator ours, Generator theirs, int length) {
        int[][] source = {sources(length).getFirst()};
        double[] one = values(ours.start(source));
        double[] other = values(theirs.start(source));
        double difference = 0;
        double largest = 0;
        for (int i = 0; i < one.length; i++) {
            difference = Math.max(difference, Math.abs(one[i] - other[i]));
            largest = Math.max(largest, Math.abs(one[i]));
        }
        return difference / largest;
    }

    private static double[] values(Logits logits) {
        var values = new double[logits.vocabulary()];
        for (int i = 0; i < values.length; i++) {
            values[i] = logits.get(0, i);
        }
        return values;
    }

    private static Limits limits(Precision precision) {
        return new Limits(best(precision.products()), best(new ReadSum()));
    }

    private static double best(Probe probe) {
        double best = 0;
        try (Probe.Attempts attempts = probe.open(THREADS)) {
            for (int i = 0; i < ATTEMPTS; i++) {
                best = Math.max(best, attempts.once());
            }
        }
        return best;
    }

    private static String line(Setting setting, Precision precision, RaceResult result, Map<Integer, LlamaCpp.Counters> counters, Limits limits, long ourBytes,
            long theirBytes) {
        Set<Integer> left = result.disturbedThroughout() ? Set.of() : result.voided();
        List<Sample> ours = result.samples().stream().filter(s -> s.contestant().equals(ENCORE) && !left.contains(s.repeat())).toList();
        double[] first = ours.stream().mapToDouble(Sample::firstTokenMillis).toArray();
        double[] later = ours.stream().mapToDouble(Sample::perTokenMillis).toArray();
        double[] theirFirst = ours.stream().mapToDouble(s -> counters.get(s.repeat()).promptMillis()).toArray();
        double[] theirLater = ours.stream().mapToDouble(s -> counters.get(s.repeat()).evalMillis() / counters.get(s.repeat()).evalTokens()).toArray();
        double weight = (double) ourBytes / setting.model().parameterCount();
        double theirWeight = (double) theirBytes / setting.model().parameterCount();
        double firstRoof = seconds(limits, weight, Call.first(setting.model(), Scenario.LEAN, setting.source() - 1, setting.target()));
        double laterRoof = seconds(limits, weight, Call.later(setting.model(), Scenario.LEAN, setting.source() - 1, setting.target(), setting.target() / 2));
        System.out.printf(Locale.ROOT, "%s: limits %.1f GFLOP/s of products and %.1f GB/s read (best of %d); llama.cpp by the clock: %.1f ms, %.2f ms%n", precision.words(),
                limits.operationsPerSecond() / 1e9, limits.bytesPerSecond() / 1e9, 2 * ATTEMPTS, result.estimate(PEER, Quantity.FIRST_TOKEN).value(),
                result.estimate(PEER, Quantity.PER_TOKEN).value());
        return String.format(Locale.ROOT, "| %s | %.3f, %.3f | %s | %s | **%s** | %.0f %%, %.0f %% | %s | %s | **%s** | %.0f %%, %.0f %% | %s; %s | %d, %d%s |", precision.words(),
                weight, theirWeight, words(Median.of(first).estimate()), words(Median.of(theirFirst).estimate()), words(Ratio.ofPairs(theirFirst, first).estimate()),
                share(firstRoof, first), share(firstRoof, theirFirst), words(Median.of(later).estimate()), words(Median.of(theirLater).estimate()),
                words(Ratio.ofPairs(theirLater, later).estimate()), share(laterRoof, later), share(laterRoof, theirLater),
                words(result.noiseFloor(Quantity.FIRST_TOKEN).estimate()), words(result.noiseFloor(Quantity.PER_TOKEN).estimate()), first.length,
                result.voided().size(), result.disturbedThroughout() ? ", disturbed throughout: all counted" : result.noisy() ? ", noisy" : "");
    }

    private static double seconds(Limits limits, double bytesOfWeight, Call call) {
        return new Roof(limits.operationsPerSecond(), limits.bytesPerSecond(), 0, bytesOfWeight, 4).seconds(call);
    }

    private static double share(double roofSeconds, double[] millis) {
        return 100 * roofSeconds * 1e3 / Median.of(millis).value();
    }

    private static String words(Estimate estimate) {
        return String.format(Locale.ROOT, "%.3g [%.3g, %.3g]", estimate.value(), estimate.low(), estimate.high());
    }
}
