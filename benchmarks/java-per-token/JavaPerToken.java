import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.encore.api.architecture.Block;
import org.encore.api.architecture.Build;
import org.encore.api.inference.Generator;
import org.encore.api.weights.Weights;
import org.encore.architectures.EncoderDecoder;
import org.encore.bench.Machine;
import org.encore.bench.statistics.Estimate;
import org.encore.bench.statistics.Median;
import org.encore.graph.Model;
import org.encore.onnx.OrtCpu;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtSession;

/**
 * Java's time for a generated token outside the runtime's call. Turn by turn: a whole token (choose the last one, next, logits), then the same call of
 * the runtime alone, on the same buffers. The difference of the pairs is what Java adds.
 */
public final class JavaPerToken {

    private static final int PAIRS = 20_000;
    private static final int WARMUP = 20_000;
    private static final int TOKENS = 16;

    public static void main(String[] arguments) throws ReflectiveOperationException, ai.onnxruntime.OrtException {
        var block = new Block(92, 4, 2, 32, Block.Mlp.SWIGLU, 8 / 3.0, false, true, 10000, false, 0);
        Model model = new EncoderDecoder().build(new EncoderDecoder.Options(4, 2, block), new Build("encoder-decoder", 69, 1));
        try (var loaded = new OrtCpu().load(model, Weights.initial(model, 1), new OrtCpu.Options(1)); Generator generator = loaded.generator(1, 64)) {
            int[][] source = {{5, 9, 13, 7, 6, 20, 11, 8}};
            int[] token = {generator.start(source).argMax(0)};
            var differences = new double[PAIRS];
            var whole = new double[PAIRS];
            int sinceStart = 0;
            for (int i = -WARMUP; i < PAIRS; i++) {
                if (++sinceStart == TOKENS) {
                    token[0] = generator.start(source).argMax(0);
                    sinceStart = 0;
                }
                long begun = System.nanoTime();
                token[0] = generator.next(token).argMax(0);
                long middle = System.nanoTime();
                OrtSession session = session(generator);
                Map<String, OnnxTensor> inputs = field(generator, "inputs");
                Map<String, OnnxTensor> pinned = field(generator, "pinned");
                long again = System.nanoTime();
                session.run(inputs, Set.of(), pinned).close();
                long end = System.nanoTime();
                if (i >= 0) {
                    whole[i] = (middle - begun) / 1e3;
                    differences[i] = (middle - begun - (end - again)) / 1e3;
                }
            }
            Estimate java = Median.of(differences).estimate();
            Estimate all = Median.of(whole).estimate();
            System.out.printf(Locale.ROOT, "model: encoder-decoder, %,d parameters, 1 thread, batch 1%n", model.parameterCount());
            System.out.printf(Locale.ROOT, "a token: median %.1f us [%.1f, %.1f]%n", all.value(), all.low(), all.high());
            System.out.printf(Locale.ROOT, "Java outside the runtime's call: median %.2f us [%.2f, %.2f], 99th percentile of pairs %.1f us, n = %,d pairs%n", java.value(), java.low(),
                    java.high(), Arrays.stream(differences).sorted().skip(PAIRS * 99L / 100).findFirst().orElseThrow(), PAIRS);
            System.out.println("machine: " + Machine.environment());
        }
    }

    private static OrtSession session(Generator generator) throws ReflectiveOperationException {
        Object part = field(field(generator, "loaded"), "step");
        return field(part, "session");
    }

    @SuppressWarnings("unchecked")
    private static <T> T field(Object object, String name) throws ReflectiveOperationException {
        Field field = object.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return (T) field.get(object);
    }
}
