import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.encore.api.architecture.Block;
import org.encore.api.architecture.Build;
import org.encore.api.inference.Generator;
import org.encore.api.weights.Weights;
import org.encore.architectures.DecoderOnly;
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
 * the runtime alone, on the same buffers. The difference of the pairs is what Java adds. And what a token allocates: on the heap, by the thread's own
 * count, ours and that of the runtime's Java interface apart; direct buffers, by the pool's count.
 */
public final class JavaPerToken {

    private static final int PAIRS = 20_000;
    private static final int WARMUP = 20_000;
    private static final int TOKENS = 16;
    private static final int VOCABULARY = 69;

    public static void main(String[] arguments) throws ReflectiveOperationException, ai.onnxruntime.OrtException {
        // depth decides how many tensors a call takes, width how long it computes: the depths are those of the 330M presets
        var block = new Block(92, 4, 2, 32, Block.Mlp.SWIGLU, 8 / 3.0, false, true, 10000, false, 0);
        measure(new EncoderDecoder().build(new EncoderDecoder.Options(4, 2, block), new Build("encoder-decoder", VOCABULARY, 1)), PAIRS);
        measure(new EncoderDecoder().build(new EncoderDecoder.Options(20, 10, block), new Build("encoder-decoder, 20+10 layers", VOCABULARY, 1)), PAIRS / 4);
        measure(new DecoderOnly().build(new DecoderOnly.Options(30, DecoderOnly.Prefix.CAUSAL, block), new Build("decoder-only, 30 layers", VOCABULARY, 1)), PAIRS / 4);
        System.out.println("machine: " + Machine.environment());
    }

    private static void measure(Model model, int pairs) throws ReflectiveOperationException, ai.onnxruntime.OrtException {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        var direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream().filter(pool -> pool.getName().equals("direct")).findFirst().orElseThrow();
        try (var loaded = new OrtCpu().load(model, Weights.initial(model, 1), new OrtCpu.Options(1)); Generator generator = loaded.generator(1, 64)) {
            int[][] source = {{5, 9, 13, 7, 6, 20, 11, 8}};
            int[] token = {generator.start(source).argMax(0)};
            var differences = new double[pairs];
            var whole = new double[pairs];
            int sinceStart = 0;
            long ours = 0;
            long runtimes = 0;
            long buffers = 0;
            for (int i = -Math.min(WARMUP, pairs); i < pairs; i++) {
                if (++sinceStart == TOKENS) {
                    token[0] = generator.start(source).argMax(0);
                    sinceStart = 0;
                }
                OrtSession session = session(generator);
                Object binding = field(generator, "binding");
                Map<String, OnnxTensor> inputs = field(binding, "inputs");
                Map<String, OnnxTensor> pinned = field(binding, "results");
                long buffersBefore = direct.getCount();
                long before = threads.getCurrentThreadAllocatedBytes();
                long begun = System.nanoTime();
                token[0] = generator.next(token).argMax(0);
                long middle = System.nanoTime();
                long between = threads.getCurrentThreadAllocatedBytes();
                long buffersAfter = direct.getCount();
                long again = System.nanoTime();
                session.run(inputs, Set.of(), pinned).close();
                long end = System.nanoTime();
                long after = threads.getCurrentThreadAllocatedBytes();
                if (i >= 0) {
                    whole[i] = (middle - begun) / 1e3;
                    ours += between - before;
                    runtimes += after - between;
                    buffers += Math.max(0, buffersAfter - buffersBefore);
                    differences[i] = (middle - begun - (end - again)) / 1e3;
                }
            }
            Estimate java = Median.of(differences).estimate();
            Estimate all = Median.of(whole).estimate();
            System.out.printf(Locale.ROOT, "model: %s, %,d parameters, 1 thread, batch 1%n", model.architecture(), model.parameterCount());
            System.out.printf(Locale.ROOT, "a token: median %.1f us [%.1f, %.1f]%n", all.value(), all.low(), all.high());
            System.out.printf(Locale.ROOT, "Java outside the runtime's call: median %.2f us [%.2f, %.2f], 99th percentile of pairs %.1f us, n = %,d pairs%n", java.value(), java.low(),
                    java.high(), Arrays.stream(differences).sorted().skip(pairs * 99L / 100).findFirst().orElseThrow(), pairs);
            System.out.printf(Locale.ROOT, "a token allocates: heap %,d bytes, %,d of them in the runtime's Java interface; direct buffers %d in %,d tokens%n", ours / pairs,
                    runtimes / pairs, buffers, pairs);
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
