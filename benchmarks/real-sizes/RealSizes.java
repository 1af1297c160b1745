import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import org.encore.api.architecture.Architecture;
import org.encore.api.architecture.Build;
import org.encore.api.device.Probe;
import org.encore.api.inference.Generator;
import org.encore.api.inference.LoadedModel;
import org.encore.api.option.Choice;
import org.encore.api.quantization.Matrix;
import org.encore.api.quantization.Quantization;
import org.encore.api.quantization.Storage;
import org.encore.api.quantization.Storage.Activations;
import org.encore.api.weights.Weights;
import org.encore.architectures.DecoderOnly;
import org.encore.architectures.EncoderDecoder;
import org.encore.bench.Machine;
import org.encore.bench.device.ReadSum;
import org.encore.bench.statistics.Estimate;
import org.encore.bench.statistics.Median;
import org.encore.graph.Model;
import org.encore.onnx.OrtCpu;
import org.encore.onnx.Serving;
import org.encore.quantizations.Blocks;
import org.encore.quantizations.Int4Blocks;
import org.encore.quantizations.Int8Blocks;
import org.encore.quantizations.Int8Dynamic;
import org.encore.quantizations.Mixed;
import org.encore.quantizations.Unquantized;

/**
 * Models of real size with stand-in weights: time to first token, time per later token and share of the read bandwidth, decoder-only and
 * encoder-decoder in turns, with the bandwidth measured between turns, precision after precision.
 */
public final class RealSizes {

    private static final int VOCABULARY = 32_128;
    private static final int THREADS = Runtime.getRuntime().availableProcessors();

    /** One model that takes part. */
    private record Contestant(String name, LoadedModel loaded, Generator generator, long bytesPerToken, List<Double> first, List<Double> later) {}

    public static void main(String[] arguments) throws Exception {
        String preset = System.getProperty("preset", "paper-330m");
        int source = Integer.getInteger("source", 512);
        int target = Integer.getInteger("target", 64);
        int rounds = Integer.getInteger("rounds", 6);
        System.out.printf(Locale.ROOT, "preset %s, source %d, target %d, %d threads, batch 1, %d rounds after one that does not count%n",
                preset, source, target, THREADS, rounds);
        Map<String, Choice<Quantization<?>>> schemes = schemes();
        for (String name : System.getProperty("precision", "fp32,int8,int4,int8-dynamic,mixed").split(",")) {
            measure(name, schemes.get(name), preset, source, target, rounds);
        }
        System.out.println("machine: " + Machine.environment());
    }

    private static Map<String, Choice<Quantization<?>>> schemes() {
        Choice<Quantization<?>> fp32 = choice("fp32", new Unquantized(), new Unquantized.Options());
        Choice<Quantization<?>> int8 = choice("int8", new Int8Blocks(), new Blocks(32, false, Activations.INT8));
        Choice<Quantization<?>> int4 = choice("int4", new Int4Blocks(), new Blocks(32, false, Activations.INT8));
        Choice<Quantization<?>> dynamic = choice("int8-dynamic", new Int8Dynamic(), new Int8Dynamic.Options(32));
        Choice<Quantization<?>> mixed = choice("mixed", new Mixed(),
                new Mixed.Options(dynamic, int4, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
        var schemes = new LinkedHashMap<String, Choice<Quantization<?>>>();
        List.of(fp32, int8, int4, dynamic, mixed).forEach(choice -> schemes.put(choice.id(), choice));
        return schemes;
    }

    private static <O extends Record> Choice<Quantization<?>> choice(String id, Quantization<O> scheme, O options) {
        return new Choice<>(id, scheme, options);
    }

    private static void measure(String name, Choice<Quantization<?>> scheme, String preset, int source, int target, int rounds) throws Exception {
        var contestants = List.of(contestant("decoder-only", new DecoderOnly(), preset, scheme, source + target + 2),
                contestant("encoder-decoder", new EncoderDecoder(), preset, scheme, source + target + 2));
        var bandwidth = new ArrayList<Double>();
        try (Probe.Attempts reading = new ReadSum().open(THREADS)) {
            for (int round = 0; round <= rounds; round++) {
                int[][] ids = {new Random(round).ints(source, 3, VOCABULARY).toArray()};
                double read = reading.once();
                for (int i = 0; i < contestants.size(); i++) {
                    turn(contestants.get((i + round) % contestants.size()), ids, target, round > 0);
                }
                if (round > 0) {
                    bandwidth.add(read);
                }
            }
        }
        double gigabytes = median(bandwidth).value() / 1e9;
        for (Contestant each : contestants) {
            double rate = each.bytesPerToken() / (median(each.later()).value() / 1e3) / 1e9;
            System.out.printf(Locale.ROOT, "%-12s %-15s weights %,6.0f MB, %,6.0f MB a token; first token %s ms; later %s ms "
                    + "(%.1f tokens/s, %.1f GB/s, %.0f %% of %.1f GB/s read)%n", name, each.name(), each.loaded().weightBytes() / 1e6, each.bytesPerToken() / 1e6,
                    words(median(each.first())), words(median(each.later())),
                    1e3 / median(each.later()).value(), rate, 100 * rate / gigabytes, gigabytes);
        }
        System.out.printf(Locale.ROOT, "%-12s encoder-decoder over decoder-only, pairs of a round: first token %s, later %s%n", name,
                words(ratio(contestants.get(1).first(), contestants.get(0).first())),
                words(ratio(contestants.get(1).later(), contestants.get(0).later())));
        contestants.forEach(each -> each.generator().close());
        contestants.forEach(each -> each.loaded().close());
        System.gc();
    }

    private static <O extends Record> Contestant contestant(String name, Architecture<O> architecture, String preset, Choice<Quantization<?>> scheme,
            int room) {
        Model model = architecture.build(architecture.presets().get(preset), new Build(name, VOCABULARY, 1));
        LoadedModel loaded = new OrtCpu().load(model, Weights.standIn(model, 1),
                new OrtCpu.Options(THREADS, Optional.of(scheme), Serving.BEST));
        long bytes = Matrix.of(model).stream().filter(matrix -> matrix.part() == Matrix.Part.DECODER)
                .mapToLong(matrix -> storage(scheme.extension(), scheme.options(), matrix).bytes(matrix.out(), matrix.in())).sum();
        return new Contestant(name, loaded, loaded.generator(1, room), bytes, new ArrayList<>(), new ArrayList<>());
    }

    private static <O extends Record> Storage storage(Quantization<O> scheme, Record options, Matrix matrix) {
        return scheme.storage(scheme.optionsType().cast(options), matrix);
    }

    private static void turn(Contestant contestant, int[][] ids, int target, boolean counts) {
        long begun = System.nanoTime();
        int[] token = {contestant.generator().start(ids).argMax(0)};
        long first = System.nanoTime();
        for (int i = 1; i < target; i++) {
            token[0] = contestant.generator().next(token).argMax(0);
        }
        long end = System.nanoTime();
        if (counts) {
            contestant.first().add((first - begun) / 1e6);
            contestant.later().add((end - first) / 1e6 / (target - 1));
        }
    }

    private static Estimate median(List<Double> values) {
        return Median.of(values.stream().mapToDouble(Double::doubleValue).toArray()).estimate();
    }

    private static Estimate ratio(List<Double> over, List<Double> under) {
        var ratios = new ArrayList<Double>();
        for (int i = 0; i < over.size(); i++) {
            ratios.add(over.get(i) / under.get(i));
        }
        return median(ratios);
    }

    private static String words(Estimate estimate) {
        return String.format(Locale.ROOT, "%.3g [%.3g, %.3g]", estimate.value(), estimate.low(), estimate.high());
    }
}
