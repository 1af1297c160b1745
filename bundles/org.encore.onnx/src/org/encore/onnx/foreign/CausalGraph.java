package org.encore.onnx.foreign;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

import org.encore.api.inference.Generator;
import org.encore.api.inference.LoadedModel;
import org.encore.api.inference.Logits;
import org.encore.api.inference.RowReader;
import org.encore.onnx.runtime.Ort;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;

/**
 * A causal language model as Hugging Face's tools export it: {@code input_ids (B, T)}, {@code attention_mask (B, past + T)}, perhaps {@code position_ids (B,
 * T)}, {@code past_key_values.N.key} and {@code .value (B, H, past, K)} to {@code logits (B, T, V)} and {@code present.N.key} and {@code .value}. Given rows are
 * read together, padded at the right, where padding cannot be seen. Rows that grow have caches each of their own: nothing in such a graph says how rows of
 * different lengths share one.
 */
public final class CausalGraph implements LoadedModel {

    private static final String IDS = "input_ids";
    private static final String MASK = "attention_mask";
    private static final String POSITIONS = "position_ids";
    private static final String BRANCH = "use_cache_branch";
    private static final String PAST = "past_key_values.";
    private static final String PRESENT = "present.";
    private static final String LOGITS = "logits";

    private final Path file;
    private final OrtSession session;
    private final int startToken;
    private final int vocabulary;
    private final long weightBytes;
    /** Names of caches with heads, size and type. */
    private final Map<String, Cache> caches = new LinkedHashMap<>();

    /** @param heads H @param size K */
    private record Cache(long heads, long size, OnnxJavaType type) {

        long bytesPerToken() {
            return heads * size * type.size;
        }
    }

    private CausalGraph(Path file, OrtSession session, int startToken, int vocabulary, long weightBytes) {
        this.file = file;
        this.session = session;
        this.startToken = startToken;
        this.vocabulary = vocabulary;
        this.weightBytes = weightBytes;
    }

    /**
     * Opens a graph; its weights may lie in files beside it.
     *
     * @param startToken id that begins a text
     * @param vocabulary tokens that the tokenizer knows, for graphs that do not say theirs
     * @throws IllegalArgumentException if it is no such graph; the message says what is missing
     */
    public static CausalGraph open(Path file, int startToken, int vocabulary, int threads) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("there is no graph " + file);
        }
        OrtSession session = Ort.ofFile(file, threads);
        boolean opened = false;
        try {
            Map<String, NodeInfo> inputs = session.getInputInfo();
            Map<String, NodeInfo> outputs = session.getOutputInfo();
            require(file, inputs.containsKey(IDS) && outputs.containsKey(LOGITS), inputs, outputs);
            TensorInfo logits = tensor(outputs.get(LOGITS));
            long told = logits.getShape().length == 3 ? logits.getShape()[2] : 0;
            require(file, told != 0, inputs, outputs);
            if (told > 0 && told < vocabulary) {
                throw new IllegalArgumentException(file + " has a vocabulary of " + told + " tokens, its tokenizer one of " + vocabulary + ": they are not of one model");
            }
            var graph = new CausalGraph(file, session, startToken, told > 0 ? (int) told : vocabulary, Files.size(file));
            for (var input : inputs.entrySet()) {
                graph.input(input.getKey(), tensor(input.getValue()), outputs);
            }
            opened = true;
            return graph;
        } catch (OrtException e) {
            throw new IllegalArgumentException(file + " is no graph that ONNX Runtime understands: " + e.getMessage(), e);
        } finally {
            if (!opened) {
                Ort.call("close", () -> {
                    session.close();
                    return null;
                });
            }
        }
    }

    private static void require(Path file, boolean is, Map<String, NodeInfo> inputs, Map<String, NodeInfo> outputs) {
        if (!is) {
            throw new IllegalArgumentException(file + " is no language model: expected input_ids (rows, tokens) and logits (rows, tokens, vocabulary), its inputs are "
                    + new TreeSet<>(inputs.keySet()) + ", its outputs " + new TreeSet<>(outputs.keySet()));
        }
    }

    private static TensorInfo tensor(NodeInfo node) {
        if (node.getInfo() instanceof TensorInfo info) {
            return info;
        }
        throw new IllegalArgumentException(node.getName() + " is no tensor");
    }

    private void input(String name, TensorInfo info, Map<String, NodeInfo> outputs) {
        if (name.startsWith(PAST)) {
            long[] shape = info.getShape();
            if (shape.length != 4 || shape[1] < 1 || shape[3] < 1 || !outputs.containsKey(present(name))) {
                throw new IllegalArgumentException(file + ": cache " + name + " of shape " + Arrays.toString(shape)
                        + ", expected (rows, heads, past, size) with heads and size fixed, and " + present(name) + " among the outputs");
            }
            caches.put(name, new Cache(shape[1], shape[3], info.type));
        } else if (!List.of(IDS, MASK, POSITIONS, BRANCH).contains(name)) {
            throw new IllegalArgumentException(file + ": nothing is known of its input " + name + "; expected " + List.of(IDS, MASK, POSITIONS) + " and " + PAST + "*");
        }
    }

    private static String present(String past) {
        return PRESENT + past.substring(PAST.length());
    }

    /** Keys and values of one row, by name of the cache, for its first tokens. */
    private record Kept(long tokens, Map<String, ByteBuffer> values) {

        static final Kept NOTHING = new Kept(0, Map.of());
    }

    /** Logits of every new position, and the caches afterwards. */
    private record Result(FloatBuffer logits, int vocabulary, Map<String, ByteBuffer> present) {}

    /**
     * One call.
     *
     * @param rows new tokens of each row, of equal lengths
     * @param keep whether caches are wanted
     */
    private Result call(int[][] rows, Kept kept, boolean keep) {
        int time = rows[0].length;
        long past = kept.tokens();
        var given = new HashMap<String, OnnxTensor>();
        var inputs = session.getInputNames();
        try {
            given.put(IDS, longs(rows.length, time, (row, i) -> rows[row][i]));
            if (inputs.contains(MASK)) {
                given.put(MASK, longs(rows.length, (int) past + time, (row, i) -> 1));
            }
            if (inputs.contains(POSITIONS)) {
                given.put(POSITIONS, longs(rows.length, time, (row, i) -> past + i));
            }
            for (var cache : caches.entrySet()) {
                ByteBuffer values = kept.values().getOrDefault(cache.getKey(), ByteBuffer.allocateDirect(0).order(ByteOrder.nativeOrder()));
                given.put(cache.getKey(), Ort.call("give a cache", () -> OnnxTensor.createTensor(Ort.environment(), values.duplicate().order(ByteOrder.nativeOrder()),
                        new long[] {rows.length, cache.getValue().heads(), past, cache.getValue().size()}, cache.getValue().type())));
            }
            if (inputs.contains(BRANCH)) {
                given.put(BRANCH, Ort.call("give a switch", () -> OnnxTensor.createTensor(Ort.environment(), new boolean[] {past > 0})));
            }
            return Ort.call("read rows by " + file, () -> {
                try (var result = session.run(given)) {
                    return result(result, rows.length, time, keep);
                }
            });
        } finally {
            given.values().forEach(OnnxTensor::close);
        }
    }

    private Result result(OrtSession.Result result, int rows, int time, boolean keep) {
        var logits = (OnnxTensor) result.get(LOGITS).orElseThrow();
        long[] shape = logits.getInfo().getShape();
        if (shape.length != 3 || shape[0] != rows || shape[1] != time || shape[2] < vocabulary) {
            throw new IllegalArgumentException(file + " gives logits of shape " + Arrays.toString(shape) + ", expected [" + rows + ", " + time + ", " + vocabulary + "]");
        }
        var present = new HashMap<String, ByteBuffer>();
        if (keep) {
            caches.keySet().forEach(name -> present.put(name, copy((OnnxTensor) result.get(present(name)).orElseThrow())));
        }
        return new Result(logits.getFloatBuffer(), (int) shape[2], present);
    }

    private static ByteBuffer copy(OnnxTensor tensor) {
        ByteBuffer values = tensor.getByteBuffer();
        return ByteBuffer.allocateDirect(values.remaining()).order(ByteOrder.nativeOrder()).put(values).flip();
    }

    private interface Element {
        long at(int row, int i);
    }

    private static OnnxTensor longs(int rows, int time, Element element) {
        LongBuffer buffer = ByteBuffer.allocateDirect(rows * time * Long.BYTES).order(ByteOrder.nativeOrder()).asLongBuffer();
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < time; i++) {
                buffer.put(row * time + i, element.at(row, i));
            }
        }
        return Ort.call("give tokens", () -> OnnxTensor.createTensor(Ort.environment(), buffer, new long[] {rows, time}));
    }

    // ---- rows that are given

    @Override
    public Optional<RowReader> reader() {
        return Optional.of(new RowReader() {
            @Override
            public Logits read(int[][] sources, int[][] targets) {
                int[][] rows = new int[sources.length][];
                int longest = 0;
                for (int row = 0; row < sources.length; row++) {
                    rows[row] = begun(sources[row], targets[row]);
                    longest = Math.max(longest, rows[row].length);
                }
                for (int row = 0; row < rows.length; row++) {
                    int length = rows[row].length;
                    rows[row] = Arrays.copyOf(rows[row], longest);
                    Arrays.fill(rows[row], length, longest, startToken);
                }
                Result all = call(rows, Kept.NOTHING, false);
                int time = 1 + Arrays.stream(targets).mapToInt(target -> target.length).max().orElse(0);
                FloatBuffer values = FloatBuffer.allocate(Math.multiplyExact(rows.length * time, vocabulary));
                for (int row = 0; row < rows.length; row++) {
                    for (int position = 0; position <= targets[row].length; position++) {
                        int from = (row * longest + sources[row].length + position) * all.vocabulary();
                        values.put((row * time + position) * vocabulary, all.logits(), from, vocabulary);
                    }
                }
                return new Logits(rows.length * time, vocabulary, values);
            }

            @Override
            public void close() {
                // the session is the model's
            }
        });
    }

    private int[] begun(int[] source, int[] target) {
        int[] row = Arrays.copyOf(source, source.length + 1 + target.length);
        row[source.length] = startToken;
        System.arraycopy(target, 0, row, source.length + 1, target.length);
        return row;
    }

    // ---- rows that grow

    @Override
    public Generator generator(int most, int tokens) {
        return new Growing(most);
    }

    private final class Growing implements Generator {

        private final int most;
        private List<int[]> rows = List.of();
        private List<Kept> kept = List.of();

        Growing(int most) {
            this.most = most;
        }

        @Override
        public Logits start(int[][] sources) {
            if (sources.length < 1 || sources.length > most) {
                throw new IllegalArgumentException(sources.length + " rows, but this generator has room for 1 to " + most);
            }
            rows = Arrays.stream(sources).map(source -> begun(source, new int[0])).toList();
            kept = rows.stream().map(row -> Kept.NOTHING).toList();
            return advance();
        }

        @Override
        public Logits next(int[] given) {
            if (given.length != rows.size()) {
                throw new IllegalArgumentException(given.length + " tokens for " + rows.size() + " rows");
            }
            var longer = new ArrayList<int[]>();
            for (int row = 0; row < given.length; row++) {
                int[] before = rows.get(row);
                int[] now = Arrays.copyOf(before, before.length + 1);
                now[before.length] = given[row];
                longer.add(now);
            }
            rows = longer;
            return advance();
        }

        /** Reads what is not in the caches yet. */
        private Logits advance() {
            FloatBuffer values = FloatBuffer.allocate(rows.size() * vocabulary);
            var after = new ArrayList<Kept>();
            for (int row = 0; row < rows.size(); row++) {
                int[] all = rows.get(row);
                Kept before = caches.isEmpty() ? Kept.NOTHING : kept.get(row);
                int[] fresh = Arrays.copyOfRange(all, (int) before.tokens(), all.length);
                Result result = call(new int[][] {fresh}, before, true);
                values.put(row * vocabulary, result.logits(), (fresh.length - 1) * result.vocabulary(), vocabulary);
                after.add(new Kept(all.length, result.present()));
            }
            kept = after;
            return new Logits(rows.size(), vocabulary, values);
        }

        @Override
        public void select(int[] chosen) {
            List<int[]> before = rows;
            List<Kept> caches = kept;
            rows = Arrays.stream(chosen).mapToObj(before::get).toList();
            kept = Arrays.stream(chosen).mapToObj(caches::get).toList();
        }

        @Override
        public void rewind(int count) {
            rows = rows.stream().map(row -> Arrays.copyOf(row, row.length - count)).toList();
            kept = kept.stream().map(one -> shortened(one, Math.max(0, one.tokens() - count))).toList();
        }

        private Kept shortened(Kept one, long tokens) {
            if (tokens == 0) {
                return Kept.NOTHING;
            }
            var values = new HashMap<String, ByteBuffer>();
            one.values().forEach((name, all) -> {
                Cache cache = caches.get(name);
                int before = (int) (one.tokens() * cache.size() * cache.type().size);
                int after = (int) (tokens * cache.size() * cache.type().size);
                ByteBuffer shorter = ByteBuffer.allocateDirect((int) (tokens * cache.bytesPerToken())).order(ByteOrder.nativeOrder());
                for (int head = 0; head < cache.heads(); head++) {
                    shorter.put(head * after, all, head * before, after);
                }
                values.put(name, shorter);
            });
            return new Kept(tokens, values);
        }

        @Override
        public int rows() {
            return rows.size();
        }

        @Override
        public void close() {
            kept = List.of();
        }
    }

    /** Of the graph's own file; weights beside it are not counted. */
    @Override
    public long weightBytes() {
        return weightBytes;
    }

    @Override
    public long stateBytes(int rows, int tokens) {
        return caches.values().stream().mapToLong(Cache::bytesPerToken).sum() * rows * tokens;
    }

    @Override
    public void close() {
        Ort.call("close", () -> {
            session.close();
            return null;
        });
    }
}
