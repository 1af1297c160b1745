import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.encore.api.architecture.Block;
import org.encore.api.architecture.Build;
import org.encore.api.training.Batch;
import org.encore.api.training.TrainingSettings;
import org.encore.api.weights.Weights;
import org.encore.architectures.EncoderDecoder;
import org.encore.bench.Machine;
import org.encore.bench.statistics.Estimate;
import org.encore.bench.statistics.Median;
import org.encore.bench.statistics.Ratio;
import org.encore.graph.Model;
import org.encore.objectives.TokenCrossEntropy;
import org.encore.torch.TorchTrainer;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;

/**
 * A training step of the generated module against one of a module written by hand for the same model, on the same libtorch, with the same batches, turn
 * by turn. The hand-written one is what one writes in PyTorch: scaled_dot_product_attention with masks made once, rms_norm, cross_entropy_loss, fused AdamW.
 */
public final class TrainingStep {

    private static final int PAIRS = 60;
    private static final int WARMUP = 10;
    private static final int D = 92;
    private static final int H = 4;
    private static final int G = 2;
    private static final int K = 32;
    private static final int F = 245;
    private static final int V = 69;
    private static final int ROWS = 256;
    private static final int TIME = 8;

    public static void main(String[] arguments) throws IOException {
        var block = new Block(D, H, G, K, Block.Mlp.SWIGLU, 8 / 3.0, false, true, 10000, false, 0);
        Model model = new EncoderDecoder().build(new EncoderDecoder.Options(4, 2, block), new Build("encoder-decoder", V, 1));
        Weights start = Weights.initial(model, 1);
        var settings = new TrainingSettings(new TrainingSettings.AdamW(0.9, 0.98, 1e-8, 0.01), 1, TrainingSettings.Precision.FP32, 2, 1);
        var objective = new TokenCrossEntropy().build(new TokenCrossEntropy.Options(0), V);
        try (var generated = new TorchTrainer().open(model, objective, settings, start, new TorchTrainer.Options()); var written = new ByHand(start)) {
            var random = new Random(1);
            var ofGenerated = new double[PAIRS];
            var ofWritten = new double[PAIRS];
            var javaShare = new double[PAIRS];
            double apart = 0;
            for (int i = -WARMUP; i < PAIRS; i++) {
                Batch batch = batch(random);
                double[] millis = new double[2];
                double[] losses = new double[2];
                long engine = 0;
                boolean generatedFirst = random.nextBoolean();
                for (int turn = 0; turn < 2; turn++) {
                    boolean isGenerated = (turn == 0) == generatedFirst;
                    long begun = System.nanoTime();
                    if (isGenerated) {
                        var update = generated.step(i + WARMUP + 1, 1e-3, List.of(batch));
                        losses[0] = update.loss();
                        engine = update.engineNanos();
                    } else {
                        losses[1] = written.step(batch, 1e-3);
                    }
                    millis[isGenerated ? 0 : 1] = (System.nanoTime() - begun) / 1e6;
                }
                apart = Math.max(apart, Math.abs(losses[0] - losses[1]));
                if (i >= 0) {
                    ofGenerated[i] = millis[0];
                    ofWritten[i] = millis[1];
                    javaShare[i] = 100 * (1 - engine / 1e6 / millis[0]);
                }
            }
            Estimate speed = Ratio.ofPairs(ofWritten, ofGenerated).estimate();
            Estimate share = Median.of(javaShare).estimate();
            System.out.printf(Locale.ROOT, "model: encoder-decoder 4+2, %,d parameters; %d rows, source and target up to %d tokens, fp32, 2 threads, OMP_WAIT_POLICY %s%n",
                    model.parameterCount(), ROWS, TIME, System.getenv("OMP_WAIT_POLICY"));
            System.out.printf(Locale.ROOT, "same losses: largest difference over %d steps %.1e%n", PAIRS + WARMUP, apart);
            System.out.printf(Locale.ROOT, "a step: generated %.1f ms, hand-written %.1f ms (medians); generated is %.3fx [%.3f, %.3f] as fast, n = %d pairs%n",
                    Median.of(ofGenerated).value(), Median.of(ofWritten).value(), speed.value(), speed.low(), speed.high(), PAIRS);
            System.out.printf(Locale.ROOT, "Java's share of a generated step: median %.2f %% [%.2f, %.2f]%n", share.value(), share.low(), share.high());
            System.out.println("machine: " + Machine.environment());
        }
        System.exit(0);
    }

    private static Batch batch(Random random) {
        var sourceLengths = random.longs(ROWS, TIME - 3, TIME + 1).toArray();
        var targetLengths = random.longs(ROWS, TIME - 3, TIME + 1).toArray();
        sourceLengths[0] = TIME;
        targetLengths[0] = TIME;
        return new Batch(ROWS, TIME, TIME, random.longs(ROWS * TIME, 3, V).toArray(), sourceLengths, random.longs(ROWS * TIME, 3, V).toArray(),
                random.longs(ROWS * TIME, 3, V).toArray(), targetLengths);
    }

    /** The module by hand, and its step. */
    private static final class ByHand implements AutoCloseable {
        private final PtNDManager manager = (PtNDManager) NDManager.newBaseManager(Device.cpu(), "PyTorch");
        private final PtSymbolBlock module;
        private final List<PtNDArray> p = new ArrayList<>();
        private final List<PtNDArray> a = new ArrayList<>();
        private final List<PtNDArray> b = new ArrayList<>();
        private final List<PtNDArray> s = new ArrayList<>();
        private final int decayed;

        ByHand(Weights start) throws IOException {
            var places = new LinkedHashMap<String, Integer>();
            for (boolean matrices : new boolean[] {true, false}) {
                start.tensors().forEach((name, values) -> {
                    if (values.shape().length >= 2 == matrices) {
                        places.put(name, places.size());
                        var array = (PtNDArray) manager.create(values.toArray(), new Shape(values.shape()));
                        array.setRequiresGradient(true);
                        array.setName("P[]");
                        p.add(array);
                        a.add((PtNDArray) manager.zeros(new Shape(values.shape())));
                        b.add((PtNDArray) manager.zeros(new Shape(values.shape())));
                        s.add((PtNDArray) manager.zeros(new Shape()));
                    }
                });
            }
            decayed = (int) start.tensors().values().stream().filter(v -> v.shape().length >= 2).count();
            module = JniUtils.loadModule(manager, new ByteArrayInputStream(archive(new Source(places).text())), false, false);
        }

        double step(Batch batch, double rate) {
            try (PtNDManager m = (PtNDManager) manager.newSubManager()) {
                var labels = batch.labels().clone();
                for (int row = 0; row < ROWS; row++) {
                    Arrays.fill(labels, row * TIME + (int) batch.targetLengths()[row], (row + 1) * TIME, -100);
                }
                var in = new NDList(m.create(batch.source(), new Shape(ROWS, TIME)), m.create(batch.sourceLengths(), new Shape(ROWS)),
                        m.create(batch.target(), new Shape(ROWS, TIME)), m.create(labels, new Shape(ROWS, TIME)));
                in.addAll(p);
                double loss;
                try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
                    NDArray value = IValueUtils.forward(module, in, true).singletonOrThrow();
                    value.attach(m);
                    collector.backward(value);
                    loss = value.getFloat();
                }
                var g = new ArrayList<PtNDArray>();
                for (PtNDArray parameter : p) {
                    var gradient = (PtNDArray) parameter.getGradient();
                    gradient.attach(m);
                    g.add(gradient);
                }
                var arguments = new ArrayList<IValue>();
                for (int[] range : new int[][] {{0, decayed}, {decayed, p.size()}}) {
                    for (List<PtNDArray> list : List.of(p, g, a, b, s)) {
                        arguments.add(IValue.listFrom(list.subList(range[0], range[1]).toArray(PtNDArray[]::new)));
                    }
                }
                arguments.add(IValue.listFrom(new PtNDArray[0]));
                arguments.add(IValue.from(rate));
                try (IValue norm = IValueUtils.runMethod(module, "step", arguments.toArray(IValue[]::new))) {
                    norm.toTensor(m).getFloat();
                } finally {
                    arguments.forEach(IValue::close);
                }
                return loss;
            }
        }

        @Override
        public void close() {
            module.close();
            manager.close();
        }

        private static byte[] archive(String methods) throws IOException {
            var bytes = new ByteArrayOutputStream();
            try (var zip = new ZipOutputStream(bytes)) {
                var pickle = new ByteArrayOutputStream();
                pickle.write(new byte[] {(byte) 0x80, 2});
                pickle.write("c__torch__\nM\n".getBytes(StandardCharsets.US_ASCII));
                pickle.write(new byte[] {')', (byte) 0x81, '}', '(', 'X', 8, 0, 0, 0});
                pickle.write("training".getBytes(StandardCharsets.US_ASCII));
                pickle.write(new byte[] {(byte) 0x88, 'u', 'b', '.'});
                for (var entry : Map.of("data.pkl", pickle.toByteArray(), "code/__torch__.py",
                        ("class M(Module):\n  __parameters__ = []\n  __buffers__ = []\n  training : bool\n" + methods).getBytes(StandardCharsets.UTF_8),
                        "constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'}, "version", "10\n".getBytes(StandardCharsets.US_ASCII)).entrySet()) {
                    var stored = new ZipEntry("model/" + entry.getKey());
                    stored.setMethod(ZipEntry.STORED);
                    stored.setSize(entry.getValue().length);
                    stored.setCompressedSize(entry.getValue().length);
                    var crc = new CRC32();
                    crc.update(entry.getValue());
                    stored.setCrc(crc.getValue());
                    zip.putNextEntry(stored);
                    zip.write(entry.getValue());
                    zip.closeEntry();
                }
            }
            return bytes.toByteArray();
        }
    }

    /** The source, as one would write the model in PyTorch. */
    private static final class Source {
        private final Map<String, Integer> places;
        private final StringBuilder lines = new StringBuilder();
        private int count;

        Source(Map<String, Integer> places) {
            this.places = places;
        }

        private String let(String expression) {
            lines.append("    x").append(count).append(" = ").append(expression).append('\n');
            return "x" + count++;
        }

        private String w(String name) {
            return "P[" + places.get(name) + "]";
        }

        private String norm(String x, String name) {
            return let("torch.rms_norm(" + x + ", [" + D + "], " + w(name + ".gain") + ", 1e-6)");
        }

        private String linear(String x, String name) {
            return let("torch.linear(" + x + ", " + w(name + ".weight") + ")");
        }

        private String heads(String x, int heads) {
            return let("torch.transpose(torch.reshape(" + x + ", [-1, " + TIME + ", " + heads + ", " + K + "]), 1, 2)");
        }

        private String rotate(String x) {
            String turned = let("torch.cat([torch.neg(torch.slice(" + x + ", 3, " + K / 2 + ", " + K + ")), torch.slice(" + x + ", 3, 0, " + K / 2 + ")], 3)");
            return let("torch.add(torch.mul(" + x + ", cos), torch.mul(" + turned + ", sin))");
        }

        private String attention(String x, String memory, String name, String mask, boolean rotated) {
            String q = heads(linear(x, name + ".q"), H);
            String k = heads(linear(memory, name + ".k"), G);
            String v = heads(linear(memory, name + ".v"), G);
            String mixed = let("torch.scaled_dot_product_attention(" + (rotated ? rotate(q) : q) + ", " + (rotated ? rotate(k) : k) + ", " + v + ", " + mask
                    + ", 0., False, scale=" + 1 / Math.sqrt(K) + ", enable_gqa=True)");
            return linear(let("torch.reshape(torch.transpose(" + mixed + ", 1, 2), [-1, " + TIME + ", " + H * K + "])"), name + ".o");
        }

        private String mlp(String x, String name) {
            return linear(let("torch.mul(torch.silu(" + linear(x, name + ".gate") + "), " + linear(x, name + ".up") + ")"), name + ".down");
        }

        String text() {
            String time = let("torch.arange(" + TIME + ", dtype=4, layout=None, device=None, pin_memory=None)");
            String frequency = let("torch.exp(torch.mul(torch.arange(" + K / 2 + ", dtype=6, layout=None, device=None, pin_memory=None), "
                    + -Math.log(10000) / (K / 2) + "))");
            String angle = let("torch.mul(torch.reshape(" + time + ", [-1, 1]), " + frequency + ")");
            lines.append("    cos = torch.cos(torch.cat([" + angle + ", " + angle + "], 1))\n    sin = torch.sin(torch.cat([" + angle + ", " + angle + "], 1))\n");
            String keys = let("torch.where(torch.lt(" + time + ", torch.reshape(lengths, [-1, 1, 1, 1])), 0., -1e9)");
            String causal = let("torch.where(torch.le(" + time + ", torch.reshape(" + time + ", [-1, 1])), 0., -1e9)");
            String x = let("torch.embedding(" + w("embedding") + ", source)");
            for (int i = 0; i < 4; i++) {
                String n = norm(x, "encoder." + i + ".n1");
                x = let("torch.add(" + x + ", " + attention(n, n, "encoder." + i + ".self", keys, true) + ")");
                x = let("torch.add(" + x + ", " + mlp(norm(x, "encoder." + i + ".n2"), "encoder." + i + ".mlp") + ")");
            }
            String memory = norm(x, "encoder.norm");
            x = let("torch.embedding(" + w("embedding") + ", target)");
            for (int i = 0; i < 2; i++) {
                String n = norm(x, "decoder." + i + ".n1");
                x = let("torch.add(" + x + ", " + attention(n, n, "decoder." + i + ".self", causal, true) + ")");
                x = let("torch.add(" + x + ", " + attention(norm(x, "decoder." + i + ".n2"), memory, "decoder." + i + ".cross", keys, false) + ")");
                x = let("torch.add(" + x + ", " + mlp(norm(x, "decoder." + i + ".n3"), "decoder." + i + ".mlp") + ")");
            }
            String logits = let("torch.linear(" + norm(x, "decoder.norm") + ", " + w("embedding") + ")");
            return "  def forward(self: __torch__.M,\n    source: Tensor,\n    lengths: Tensor,\n    target: Tensor,\n    labels: Tensor,\n    P: List[Tensor]) -> Tensor:\n"
                    + lines + "    return torch.cross_entropy_loss(torch.reshape(" + logits + ", [-1, " + V + "]), torch.reshape(labels, [-1]), None, 1, -100, 0.)\n"
                    + step();
        }

        private static String step() {
            var body = new StringBuilder("  def step(self: __torch__.M,\n    ");
            for (String group : List.of("D", "N")) {
                for (String list : List.of("P", "G", "A", "B", "S")) {
                    body.append(group).append(list).append(": List[Tensor],\n    ");
                }
            }
            body.append("E: List[Tensor],\n    lr: float) -> Tensor:\n");
            body.append("    norm = torch.norm(torch.cat([torch.stack(torch._foreach_norm(DG, 2)), torch.stack(torch._foreach_norm(NG, 2))]), 2)\n");
            body.append("    coef = torch.clamp(torch.reciprocal(torch.add(norm, 1e-6)), None, 1.)\n");
            for (String g : List.of("D", "N")) {
                body.append("    torch._foreach_mul_(" + g + "G, coef)\n    torch._foreach_add_(" + g + "S, 1)\n    torch._fused_adamw_(" + g + "P, " + g + "G, " + g + "A, " + g
                        + "B, E, " + g + "S, lr=lr, beta1=0.9, beta2=0.98, weight_decay=" + (g.equals("D") ? "0.01" : "0.")
                        + ", eps=1e-8, amsgrad=False, maximize=False, grad_scale=None, found_inf=None)\n    torch._foreach_zero_(" + g + "G)\n");
            }
            return body.append("    return norm\n").toString();
        }
    }
}
