package org.encore.onnx.runtime;

import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.encore.api.inference.Generator;
import org.encore.api.inference.Logits;
import org.encore.graph.Model;
import org.encore.graph.Names;
import org.encore.graph.StateSpec;
import org.encore.onnx.Serving;
import org.encore.onnx.compile.Compiled;
import org.encore.onnx.compile.Compiler;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtSession;

/**
 * Generation with caches that are allocated once, or handed from step to step where that is asked for. While the rows stay the same, a step changes a
 * few numbers in buffers and calls the runtime: nothing is allocated per token.
 */
final class OrtGenerator implements Generator {

    private final OrtModel loaded;
    private final Model model;
    private final int mostRows;
    private final int capacity;
    private final List<AppendCache> caches = new ArrayList<>();
    /** Whether a step writes caches anew, beside those that it reads, which have the same capacity. */
    private final boolean exchanged;
    private final List<HandedCache> handed = new ArrayList<>();
    private Optional<OrtSession.Result> handedOn = Optional.empty();
    private final Map<String, Held> held = new LinkedHashMap<>();
    private final Map<String, OnnxTensor> rotations = new HashMap<>();
    private final FloatBuffer logits;
    private final LongBuffer token;
    private final LongBuffer ones;
    private final LongBuffer pastLengths;
    private final IntBuffer rowEnds;
    private final IntBuffer longest = Ort.ints(1);
    private long[] past = new long[0];
    private final List<OnnxTensor> bound = new ArrayList<>();
    /** The buffers of the next step; where there is a recurrent state, its buffers change places after each. */
    private Binding binding = new Binding(new HashMap<>(), new HashMap<>());
    private Binding afterwards = binding;
    private final Set<String> asked = new HashSet<>();

    /** What a step reads and where it writes. */
    private record Binding(Map<String, OnnxTensor> inputs, Map<String, OnnxTensor> results) {}

    OrtGenerator(OrtModel loaded, int rows, int tokens) {
        this.loaded = loaded;
        this.model = loaded.model;
        this.mostRows = rows;
        this.capacity = switch (loaded.serving.shapes()) {
            case Serving.Shapes.Dynamic() -> tokens;
            case Serving.Shapes.Padded(int source, int target) -> Math.max(tokens, rowLength(source) + target);
        };
        Compiled step = loaded.step.compiled();
        boolean copied = loaded.serving.cache() == Serving.Cache.COPIED;
        exchanged = copied && loaded.fixedCapacity();
        for (StateSpec spec : model.state()) {
            if (spec.role() != StateSpec.Role.APPEND) {
                held.put(spec.name(), new Held(spec, loaded.memory));
            } else if (copied && !exchanged) {
                handed.add(new HandedCache(spec));
            } else {
                caches.add(loaded.memory.<AppendCache>map(memory -> new DeviceCache(memory, spec, rows, capacity)).orElseGet(() -> new Cache(spec, rows, capacity)));
            }
        }
        step.rotations().forEach(this::addRotation);
        for (StateSpec spec : model.state()) {
            if (spec.role() == StateSpec.Role.APPEND && (!handed.isEmpty() || !step.grown().contains(spec.name()))) {
                asked.add(Compiler.output(spec.name()));
            }
        }
        logits = Ort.floats((long) rows * model.vocabularySize());
        token = Ort.longs(rows);
        ones = Ort.longs(rows);
        pastLengths = Ort.longs(rows);
        rowEnds = Ort.ints(rows);
        for (int row = 0; row < rows; row++) {
            ones.put(row, 1);
        }
    }

    private void addRotation(Compiled.Rotation rotation) {
        FloatBuffer cos = Ort.floats((long) capacity * rotation.half()).put(0, rotation.table(capacity, Math::cos));
        FloatBuffer sin = Ort.floats((long) capacity * rotation.half()).put(0, rotation.table(capacity, Math::sin));
        rotations.put(rotation.cos(), Ort.tensor(cos, capacity, rotation.half()));
        rotations.put(rotation.sin(), Ort.tensor(sin, capacity, rotation.half()));
    }

    // ---- start

    @Override
    public Logits start(int[][] sources) {
        int longestSource = Arrays.stream(sources).mapToInt(s -> s.length).max().orElse(0);
        if (sources.length < 1 || sources.length > mostRows) {
            throw new IllegalArgumentException(sources.length + " rows, but this generator has room for 1 to " + mostRows);
        }
        if (Arrays.stream(sources).anyMatch(s -> s.length == 0)) {
            throw new IllegalArgumentException("a source is empty; give at least one token");
        }
        if (holdsSource() && longestSource + 1 > capacity) {
            throw new IllegalArgumentException("a source of " + longestSource + " tokens and the start token, but this generator has room for " + capacity);
        }
        int rows = sources.length;
        int time = sourceTime(longestSource);
        long[] lengths = Arrays.stream(sources).mapToLong(s -> s.length).toArray();
        held.values().forEach(state -> state.resize(rows, time));
        if (held.containsKey(Names.SOURCE_LENGTHS)) {
            held.get(Names.SOURCE_LENGTHS).put(lengths);
        }
        loaded.perSource.ifPresent(part -> runSource(part, sources, lengths, time));
        return open(sources, lengths, time, new int[rows][0]);
    }

    /** Positions that a source is filled up to. */
    private int sourceTime(int longest) {
        return switch (loaded.serving.shapes()) {
            case Serving.Shapes.Dynamic() -> longest;
            case Serving.Shapes.Padded(int source, int target) when longest <= source -> source;
            case Serving.Shapes.Padded(int source, int target) -> throw new IllegalArgumentException(
                    "a source of " + longest + " tokens, but shapes are padded to sources of " + source + " tokens");
        };
    }

    /** Tokens of a row's caches before the target: the start token, and the source if it is read into the same state. */
    private int rowLength(int source) {
        return holdsSource() ? source + 1 : 1;
    }

    /** Reads the rows again from their beginning, with targets of equal lengths; what was computed from the source is kept. */
    Logits again(int[][] sources, int[][] targets) {
        int longest = Arrays.stream(sources).mapToInt(s -> s.length).max().orElse(0);
        int time = sourceTime(longest);
        held.values().stream().filter(Held::recurrent).forEach(state -> state.resize(sources.length, time));
        return open(sources, Arrays.stream(sources).mapToLong(s -> s.length).toArray(), time, targets);
    }

    /** Source, start token and the targets so far, as far as a step program can read them at once. */
    private Logits open(int[][] sources, long[] lengths, int time, int[][] targets) {
        int rows = sources.length;
        handed.forEach(cache -> cache.clear(rows));
        if (loaded.prefill.isPresent()) {
            Logits logits = prefill(loaded.prefill.get(), sources, lengths, time);
            for (int i = 0; i < targets[0].length; i++) {
                int at = i;
                logits = next(Arrays.stream(targets).mapToInt(target -> target[at]).toArray());
            }
            return logits;
        }
        past = new long[rows];
        boolean withSource = model.opening() == Model.Opening.SOURCE_AND_START_TOKEN;
        if (!withSource && targets[0].length == 0 && loaded.serving.cache() != Serving.Cache.NONE) {
            bind(rows);
            return next(fill(rows, model.startToken()));
        }
        var chunks = new int[rows][];
        for (int row = 0; row < rows; row++) {
            int[] source = withSource ? sources[row] : new int[0];
            chunks[row] = Arrays.copyOf(source, source.length + 1 + targets[row].length);
            chunks[row][source.length] = model.startToken();
            System.arraycopy(targets[row], 0, chunks[row], source.length + 1, targets[row].length);
        }
        int longest = Arrays.stream(chunks).mapToInt(chunk -> chunk.length).max().orElse(0);
        return read(chunks, switch (loaded.serving.shapes()) {
            case Serving.Shapes.Dynamic() -> longest;
            case Serving.Shapes.Padded(int source, int target) -> Math.max(longest, (withSource ? source + 1 : 1) + target);
        });
    }

    @Override
    public boolean readsOn() {
        return model.opening() == Model.Opening.SOURCE_AND_START_TOKEN && loaded.perSource.isEmpty() && loaded.serving.shapes() instanceof Serving.Shapes.Dynamic;
    }

    @Override
    public Logits readOn(int[] more) {
        if (!readsOn()) {
            throw new UnsupportedOperationException(model.architecture() + " reads a source as a whole here; start again with all of it");
        }
        if (past.length != 1 || more.length < 1) {
            throw new IllegalArgumentException(more.length + " tokens behind " + past.length + " rows: read on with at least 1 token behind 1 row");
        }
        int[] chunk = Arrays.copyOf(more, more.length + 1);
        chunk[more.length] = model.startToken();
        return read(new int[][] {chunk}, chunk.length);
    }

    private boolean holdsSource() {
        return model.opened().terms().containsKey("S");
    }

    private static int[] fill(int count, int value) {
        var array = new int[count];
        Arrays.fill(array, value);
        return array;
    }

    private static LongBuffer padded(int[][] sources, int time) {
        LongBuffer padded = Ort.longs((long) sources.length * time);
        for (int row = 0; row < sources.length; row++) {
            for (int i = 0; i < sources[row].length; i++) {
                padded.put(row * time + i, sources[row][i]);
            }
        }
        return padded;
    }

    private static Map<String, OnnxTensor> sourceInputs(Compiled compiled, int[][] sources, long[] lengths, int time) {
        var inputs = new HashMap<String, OnnxTensor>();
        if (compiled.inputs().contains(Names.SOURCE)) {
            inputs.put(Names.SOURCE, Ort.tensor(padded(sources, time), sources.length, time));
        }
        if (compiled.inputs().contains(Names.SOURCE_LENGTHS)) {
            inputs.put(Names.SOURCE_LENGTHS, Ort.tensor(Ort.longs(lengths.length).put(0, lengths), lengths.length));
        }
        return inputs;
    }

    private void runSource(OrtModel.Part part, int[][] sources, long[] lengths, int time) {
        Map<String, OnnxTensor> given = sourceInputs(part.compiled(), sources, lengths, time);
        var results = new HashMap<String, OnnxTensor>();
        part.compiled().outputs().forEach(name -> results.put(name, held.get(name).tensor()));
        Ort.call("read the source", () -> {
            try (var result = part.session().run(given, Set.of(), results)) {
                return null;
            }
        });
        given.values().forEach(OnnxTensor::close);
        results.values().forEach(OnnxTensor::close);
    }

    /** Several tokens of each row in one call; on empty caches if there are several rows. */
    private Logits read(int[][] chunks, int time) {
        int rows = chunks.length;
        long[] counts = Arrays.stream(chunks).mapToLong(chunk -> chunk.length).toArray();
        bind(rows);
        var given = new HashMap<>(binding.inputs());
        OnnxTensor tokens = Ort.tensor(padded(chunks, time), rows, time);
        OnnxTensor tokenLengths = Ort.tensor(Ort.longs(rows).put(0, counts), rows);
        given.put(Names.TOKENS, tokens);
        given.put(Names.TOKEN_LENGTHS, tokenLengths);
        Logits result = run(given, counts, time);
        tokens.close();
        tokenLengths.close();
        return result;
    }

    private Logits prefill(OrtModel.Part part, int[][] sources, long[] lengths, int time) {
        int rows = sources.length;
        Map<String, OnnxTensor> given = sourceInputs(part.compiled(), sources, lengths, time);
        long[] counts = Arrays.stream(lengths).map(length -> holdsSource() ? length + 1 : 1).toArray();
        Ort.call("read the source", () -> {
            try (var result = part.session().run(given)) {
                copy(part.compiled(), result, Names.LOGITS, logits);
                for (AppendCache each : caches) {
                    var grown = (OnnxTensor) result.get(outputName(part.compiled(), each.name())).orElseThrow();
                    ((Cache) each).take(grown.getFloatBuffer(), (int) grown.getInfo().getShape()[StateSpec.GROWING_AXIS], new long[rows], counts);
                }
                for (HandedCache cache : handed) {
                    cache.copy((OnnxTensor) result.get(outputName(part.compiled(), cache.name())).orElseThrow());
                }
                for (Held state : held.values()) {
                    if (!state.spec().name().equals(Names.SOURCE_LENGTHS)) {
                        state.put((OnnxTensor) result.get(outputName(part.compiled(), state.spec().name())).orElseThrow());
                    }
                }
                return null;
            }
        });
        given.values().forEach(OnnxTensor::close);
        past = counts;
        bind(rows);
        return new Logits(rows, model.vocabularySize(), logits);
    }

    private static String outputName(Compiled compiled, String name) {
        return compiled.inputs().contains(name) ? Compiler.output(name) : name;
    }

    private static void copy(Compiled compiled, OrtSession.Result result, String name, FloatBuffer into) {
        FloatBuffer values = ((OnnxTensor) result.get(outputName(compiled, name)).orElseThrow()).getFloatBuffer();
        into.put(0, values, 0, values.limit());
    }

    // ---- steps

    /** Wraps the buffers for this many rows. */
    private void bind(int rows) {
        bound.forEach(OnnxTensor::close);
        bound.clear();
        var given = new HashMap<String, OnnxTensor>(rotations);
        var results = new HashMap<String, OnnxTensor>();
        given.put(Names.TOKENS, own(Ort.tensor(token, rows, 1)));
        given.put(Names.TOKEN_LENGTHS, own(Ort.tensor(ones, rows)));
        given.put(Names.PAST_LENGTHS, own(Ort.tensor(pastLengths, rows)));
        given.put(Compiler.ROW_ENDS, own(Ort.tensor(rowEnds, rows)));
        given.put(Compiler.LONGEST, own(Ort.tensor(longest)));
        Compiled step = loaded.step.compiled();
        for (AppendCache cache : exchanged ? List.<AppendCache>of() : caches) {
            OnnxTensor tensor = own(cache.tensor(rows));
            given.put(cache.name(), tensor);
            if (step.grown().contains(cache.name())) {
                results.put(Compiler.output(cache.name()), tensor);
            }
        }
        handed.forEach(cache -> given.put(cache.name(), cache.tensor()));
        results.put(Names.LOGITS, own(Ort.tensor(logits, rows, model.vocabularySize())));
        var wanted = new HashSet<>(step.inputs());
        step.rotations().forEach(r -> wanted.addAll(List.of(r.cos(), r.sin())));
        if (step.takesRowEnds()) {
            wanted.addAll(List.of(Compiler.ROW_ENDS, Compiler.LONGEST));
        }
        given.keySet().retainAll(wanted);
        var now = new HashMap<String, OnnxTensor>();
        var next = new HashMap<String, OnnxTensor>();
        held.forEach((name, state) -> {
            if (wanted.contains(name)) {
                now.put(name, own(state.tensor()));
            }
            if (state.recurrent()) {
                next.put(name, own(state.nextTensor()));
            }
        });
        for (AppendCache cache : exchanged ? caches : List.<AppendCache>of()) {
            now.put(cache.name(), own(cache.tensor(rows)));
            next.put(cache.name(), own(cache.nextTensor(rows)));
        }
        binding = binding(given, results, now, next);
        var turned = new HashMap<>(now);
        turned.putAll(next);
        next.replaceAll((name, tensor) -> now.get(name));
        afterwards = next.isEmpty() ? binding : binding(given, results, turned, next);
    }

    private static Binding binding(Map<String, OnnxTensor> given, Map<String, OnnxTensor> results, Map<String, OnnxTensor> now,
            Map<String, OnnxTensor> next) {
        var inputs = new HashMap<>(given);
        inputs.putAll(now);
        var outputs = new HashMap<>(results);
        next.forEach((name, tensor) -> outputs.put(Compiler.output(name), tensor));
        return new Binding(inputs, outputs);
    }

    private OnnxTensor own(OnnxTensor tensor) {
        bound.add(tensor);
        return tensor;
    }

    @Override
    public Logits next(int[] tokens) {
        if (tokens.length != past.length) {
            throw new IllegalArgumentException(tokens.length + " tokens for " + past.length + " rows");
        }
        for (int row = 0; row < tokens.length; row++) {
            token.put(row, tokens[row]);
        }
        return run(binding.inputs(), null, 1);
    }

    /**
     * One call of the step program.
     *
     * @param counts new tokens of each row; null for one each
     * @param time new positions, padding included
     */
    private Logits run(Map<String, OnnxTensor> given, long @org.jspecify.annotations.Nullable [] counts, int time) {
        int most = 0;
        for (int row = 0; row < past.length; row++) {
            long end = past[row] + (counts == null ? 1 : counts[row]);
            if (end > capacity) {
                throw new IllegalArgumentException("row " + row + " would have " + end + " tokens, but this generator has room for " + capacity);
            }
            pastLengths.put(row, past[row]);
            rowEnds.put(row, (int) end - 1);
            most = Math.max(most, (int) past[row] + time);
        }
        longest.put(0, most);
        try {
            OrtSession.Result result = loaded.step.session().run(given, asked, binding.results());
            if (!handed.isEmpty()) {
                handOn(result);
            } else {
                takeBack(result, counts);
                result.close();
            }
        } catch (ai.onnxruntime.OrtException e) {
            throw new IllegalStateException("ONNX Runtime could not compute a step: " + e.getMessage(), e);
        }
        advance();
        for (int row = 0; row < past.length; row++) {
            past[row] += counts == null ? 1 : counts[row];
        }
        return new Logits(past.length, model.vocabularySize(), logits);
    }

    /** What the step wrote is what the next one reads. */
    private void advance() {
        for (Held state : held.values()) {
            if (state.recurrent()) {
                state.advance();
            }
        }
        if (exchanged) {
            caches.forEach(AppendCache::exchange);
        }
        Binding used = binding;
        binding = afterwards;
        afterwards = used;
    }

    /**
     * The caches that a step gave are what the next one takes; those before are no longer needed. They are made equally long: fused attention gives no
     * more than the longest row needs, other operators give one place more each time.
     */
    private void handOn(OrtSession.Result result) {
        int time = handed.stream().mapToInt(cache -> HandedCache.time((OnnxTensor) result.get(Compiler.output(cache.name())).orElseThrow())).min().orElseThrow();
        for (HandedCache cache : handed) {
            cache.take((OnnxTensor) result.get(Compiler.output(cache.name())).orElseThrow(), time);
            binding.inputs().put(cache.name(), cache.tensor());
            afterwards.inputs().put(cache.name(), cache.tensor());
        }
        handedOn.ifPresent(OrtSession.Result::close);
        handedOn = Optional.of(result);
    }

    /** Caches that the graph gives back as copies. */
    private void takeBack(OrtSession.Result result, long @org.jspecify.annotations.Nullable [] counts) {
        if (asked.isEmpty()) {
            return;
        }
        long[] count = counts == null ? Arrays.stream(past).map(p -> 1).toArray() : counts;
        for (AppendCache cache : caches) {
            result.get(Compiler.output(cache.name())).map(OnnxTensor.class::cast).filter(t -> asked.contains(Compiler.output(cache.name())))
                    .ifPresent(grown -> ((Cache) cache).take(grown.getFloatBuffer(), (int) grown.getInfo().getShape()[StateSpec.GROWING_AXIS], past, count));
        }
    }

    @Override
    public void select(int[] rows) {
        if (rows.length < 1 || rows.length > mostRows) {
            throw new IllegalArgumentException(rows.length + " rows, but this generator has room for 1 to " + mostRows);
        }
        for (int row : rows) {
            if (row < 0 || row >= past.length) {
                throw new IllegalArgumentException("row " + row + " of " + past.length);
            }
        }
        long[] before = past;
        caches.forEach(cache -> cache.select(rows, before));
        handed.forEach(cache -> cache.select(rows));
        held.values().forEach(state -> state.select(rows));
        past = Arrays.stream(rows).mapToLong(row -> before[row]).toArray();
        bind(rows.length);
    }

    @Override
    public void rewind(int tokens) {
        if (held.values().stream().anyMatch(Held::recurrent)) {
            throw new UnsupportedOperationException(model.architecture() + " has a recurrent state, which cannot be taken back");
        }
        for (int row = 0; row < past.length; row++) {
            if (tokens < 0 || tokens > past[row]) {
                throw new IllegalArgumentException("cannot take back " + tokens + " of " + past[row] + " tokens");
            }
            past[row] -= tokens;
        }
    }

    @Override
    public int rows() {
        return past.length;
    }

    @Override
    public void close() {
        handed.forEach(HandedCache::close);
        handedOn.ifPresent(OrtSession.Result::close);
        bound.forEach(OnnxTensor::close);
        rotations.values().forEach(OnnxTensor::close);
        bound.clear();
        rotations.clear();
        caches.forEach(AppendCache::close);
        held.values().forEach(Held::close);
    }
}
