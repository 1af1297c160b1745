package org.encore.onnx.runtime;

import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.HashMap;
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
    private final States states;
    private final StepBuffers buffers;
    /** What a step gives as the runtime allocates it. */
    private final Set<String> asked;
    private Optional<OrtSession.Result> handedOn = Optional.empty();
    private long[] past = new long[0];

    OrtGenerator(OrtModel loaded, int rows, int tokens) {
        this.loaded = loaded;
        this.model = loaded.model;
        this.mostRows = rows;
        this.capacity = switch (loaded.serving.shapes()) {
            case Serving.Shapes.Dynamic() -> tokens;
            case Serving.Shapes.Padded(int source, int target) -> Math.max(tokens, rowLength(source) + target);
        };
        states = States.of(loaded, rows, capacity);
        buffers = new StepBuffers(loaded.step.compiled(), rows, capacity, model.vocabularySize());
        asked = Set.copyOf(states.given(loaded.step.compiled().grown()));
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
        states.held().values().forEach(state -> state.resize(rows, time));
        if (states.held().containsKey(Names.SOURCE_LENGTHS)) {
            states.held().get(Names.SOURCE_LENGTHS).put(lengths);
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
        states.held().values().stream().filter(Held::recurrent).forEach(state -> state.resize(sources.length, time));
        return open(sources, Arrays.stream(sources).mapToLong(s -> s.length).toArray(), time, targets);
    }

    /** Source, start token and the targets so far, as far as a step program can read them at once. */
    private Logits open(int[][] sources, long[] lengths, int time, int[][] targets) {
        int rows = sources.length;
        states.handed().forEach(cache -> cache.clear(rows));
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
            buffers.bind(rows, states);
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
        part.compiled().outputs().forEach(name -> results.put(name, states.held().get(name).tensor()));
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
        buffers.bind(rows, states);
        var given = new HashMap<>(buffers.inputs());
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
                buffers.logits(((OnnxTensor) result.get(outputName(part.compiled(), Names.LOGITS)).orElseThrow()).getFloatBuffer());
                for (AppendCache each : states.caches()) {
                    var grown = (OnnxTensor) result.get(outputName(part.compiled(), each.name())).orElseThrow();
                    ((Cache) each).take(grown.getFloatBuffer(), (int) grown.getInfo().getShape()[StateSpec.GROWING_AXIS], new long[rows], counts);
                }
                for (HandedCache cache : states.handed()) {
                    cache.copy((OnnxTensor) result.get(outputName(part.compiled(), cache.name())).orElseThrow());
                }
                for (Held state : states.held().values()) {
                    if (!state.spec().name().equals(Names.SOURCE_LENGTHS)) {
                        state.put((OnnxTensor) result.get(outputName(part.compiled(), state.spec().name())).orElseThrow());
                    }
                }
                return null;
            }
        });
        given.values().forEach(OnnxTensor::close);
        past = counts;
        buffers.bind(rows, states);
        return buffers.logits(rows);
    }

    private static String outputName(Compiled compiled, String name) {
        return compiled.inputs().contains(name) ? Compiler.output(name) : name;
    }

    // ---- steps

    @Override
    public Logits next(int[] tokens) {
        if (tokens.length != past.length) {
            throw new IllegalArgumentException(tokens.length + " tokens for " + past.length + " rows");
        }
        buffers.tokens(tokens);
        return run(buffers.inputs(), null, 1);
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
            buffers.place(row, past[row], end);
            most = Math.max(most, (int) past[row] + time);
        }
        buffers.longest(most);
        try {
            OrtSession.Result result = loaded.step.session().run(given, asked, buffers.results());
            if (!states.handed().isEmpty()) {
                handOn(result);
            } else {
                takeBack(result, counts);
                result.close();
            }
        } catch (ai.onnxruntime.OrtException e) {
            throw new IllegalStateException("ONNX Runtime could not compute a step: " + e.getMessage(), e);
        }
        states.advance();
        buffers.turn();
        for (int row = 0; row < past.length; row++) {
            past[row] += counts == null ? 1 : counts[row];
        }
        return buffers.logits(past.length);
    }

    /**
     * The caches that a step gave are what the next one takes; those before are no longer needed. They are made equally long: fused attention gives no
     * more than the longest row needs, other operators give one place more each time.
     */
    private void handOn(OrtSession.Result result) {
        int time = states.handed().stream().mapToInt(cache -> HandedCache.time((OnnxTensor) result.get(Compiler.output(cache.name())).orElseThrow())).min().orElseThrow();
        for (HandedCache cache : states.handed()) {
            cache.take((OnnxTensor) result.get(Compiler.output(cache.name())).orElseThrow(), time);
            buffers.replace(cache);
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
        for (AppendCache cache : states.caches()) {
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
        states.select(rows, before);
        past = Arrays.stream(rows).mapToLong(row -> before[row]).toArray();
        buffers.bind(rows.length, states);
    }

    @Override
    public void rewind(int tokens) {
        if (states.recurrent()) {
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
        handedOn.ifPresent(OrtSession.Result::close);
        buffers.close();
        states.close();
    }
}
