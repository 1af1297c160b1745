package org.encore.onnx.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.encore.api.architecture.TargetStates;
import org.encore.api.inference.Generator;
import org.encore.api.inference.HiddenStates;
import org.encore.api.inference.LoadedModel;
import org.encore.api.inference.RowReader;
import org.encore.api.quantization.Storage;
import org.encore.api.weights.Weights;
import org.encore.graph.DType;
import org.encore.graph.Model;
import org.encore.graph.Names;
import org.encore.graph.Program;
import org.encore.graph.StateSpec;
import org.encore.onnx.Serving;
import org.encore.onnx.compile.Compiled;
import org.encore.onnx.compile.Compiler;
import org.encore.onnx.compile.Dialect;
import org.encore.onnx.compile.EveryPosition;
import org.encore.onnx.compile.Form;
import org.encore.onnx.compile.WeightTable;

import ai.onnxruntime.OrtSession;

/**
 * A model on ONNX Runtime. Where a prefill is a step over the start token (and the source), one session serves both and holds the weights
 * once; what is computed per source has a session of its own.
 */
public final class OrtModel implements LoadedModel {

    /** A compiled program with its session. */
    record Part(Compiled compiled, OrtSession session) {}

    final Model model;
    final Serving serving;
    final Part step;
    /** Computes the per-source state; absent if there is none, or if {@link #prefill} does everything. */
    final Optional<Part> perSource;
    /** The whole prefill, for models whose prefill is no step. */
    final Optional<Part> prefill;
    /** Where state lies, if not in the processor's memory. */
    final Optional<DeviceMemory> memory;
    private final WeightTensors weights;
    private final Map<String, Storage> storages;
    private final Workers workers;
    private final Optional<Provider> provider;
    private final Dialect dialect;

    /** @param storages of matrices by the parameter's name; fp32 for those that are not there */
    public OrtModel(Model model, Weights given, Map<String, Storage> storages, Serving serving, Workers workers) {
        this(model, given, storages, serving, workers, Optional.empty());
    }

    /** @param provider that computes what it can; the processor if empty */
    public OrtModel(Model model, Weights given, Map<String, Storage> storages, Serving serving, Workers workers, Optional<Provider> provider) {
        this(model, given, storages, serving, workers, provider, provider.isEmpty() ? Dialect.ONNX_RUNTIME : Dialect.PROVIDER,
                provider.map(Provider::memory).orElse(""));
    }

    private OrtModel(Model model, Weights given, Map<String, Storage> storages, Serving serving, Workers workers, Optional<Provider> provider, Dialect dialect,
            String place) {
        this.dialect = dialect;
        this.model = model;
        this.serving = serving;
        this.provider = provider;
        this.storages = Map.copyOf(storages);
        this.workers = workers;
        this.weights = new WeightTensors(given);
        Set<String> computed = model.state().stream().filter(s -> s.role() == StateSpec.Role.PER_SOURCE && !s.name().equals(Names.SOURCE_LENGTHS))
                .map(StateSpec::name).collect(Collectors.toSet());
        boolean own = model.opening() == Model.Opening.OWN;
        Program ofSource = model.prefill().only(computed::contains);
        Program ofTokens = everyPosition(model.step());
        Program opens = own ? everyPosition(model.prefill()) : ofSource;
        List<Program> programs = List.of(ofTokens, opens);
        WeightTable table = WeightTensors.table(programs, storages);
        Compiled ofStep = compile(ofTokens, table);
        Optional<Compiled> opening = own || !computed.isEmpty() ? Optional.of(compile(opens, table)) : Optional.empty();
        requireRoom(Stream.concat(Stream.of(ofStep), opening.stream()).flatMap(compiled -> compiled.weights().stream()).toList());
        this.step = part(ofStep, workers);
        this.prefill = own ? opening.map(compiled -> part(compiled, workers)) : Optional.empty();
        this.perSource = own ? Optional.empty() : opening.map(compiled -> part(compiled, workers));
        this.memory = fixedCapacity() && !own ? DeviceMemory.of(step.session(), place, provider) : Optional.empty();
    }

    /**
     * On the processor, in the graphs that other providers get: whether these are right can be seen without other hardware.
     *
     * @param placed whether state lies in memory that the runtime gives, as it does on a GPU
     */
    public static OrtModel asElsewhere(Model model, Weights weights, Serving serving, boolean placed) {
        return new OrtModel(model, weights, Map.of(), serving, Workers.of(1), Optional.empty(), Dialect.PROVIDER, placed ? "Cpu" : "");
    }

    /** Whether a step may write caches beside those that it reads, in the same size. */
    boolean fixedCapacity() {
        return dialect == Dialect.PROVIDER && caches().allMatch(cache -> step.compiled().grown().contains(cache.name()));
    }

    private Stream<StateSpec> caches() {
        return model.state().stream().filter(state -> state.role() == StateSpec.Role.APPEND);
    }

    /** Before anything is made: the runtime packs matrices for its kernels, and keeps ours beside them. */
    private void requireRoom(List<Compiled.Weight> used) {
        long bytes = WeightTensors.bytes(used);
        long largest = used.stream().mapToLong(weight -> weight.parameter().size() * Float.BYTES).max().orElse(0);
        long needed = 2 * bytes + largest;
        Room room = Room.now();
        if (needed > room.bytes()) {
            throw new IllegalArgumentException(String.format(Locale.ROOT, "%s of %,d parameters needs about %s of memory (weights of %s, which ONNX Runtime "
                    + "packs once more, and its largest matrix while it is read), but %s has %s left. Quantise it (quantization: int8 or int4), or take a "
                    + "smaller one.",
                    model.architecture(), model.parameterCount(), Room.words(needed), Room.words(bytes), room.of(), Room.words(room.bytes())));
        }
    }

    private Program everyPosition(Program program) {
        return switch (serving.logits()) {
            case ALL -> EveryPosition.of(program);
            case LAST -> program;
        };
    }

    private Compiled compile(Program program, WeightTable table) {
        return Compiler.compile(program, Form.inProcess(dialect, Products.signed()), table);
    }

    private Part part(Compiled compiled, Workers workers) {
        return new Part(compiled, Ort.session(compiled.file(), weights.of(compiled.weights()), workers, provider));
    }

    @Override
    public Generator generator(int rows, int tokens) {
        if (rows < 1 || tokens < 2) {
            throw new IllegalArgumentException("a generator of " + rows + " rows and " + tokens + " tokens: give at least 1 row and 2 tokens");
        }
        var generator = new OrtGenerator(this, rows, tokens);
        return serving.cache() == Serving.Cache.NONE ? new Uncached(generator) : generator;
    }

    /** In a session of its own, which shares the weights. */
    @Override
    public Optional<RowReader> reader() {
        return Optional.of(OrtRowReader.ofLogits(model, whole(model.train())));
    }

    private Part whole(Program program) {
        return part(compile(program, WeightTensors.table(List.of(program), storages)), workers);
    }

    /** Each reader in a session of its own, which shares the weights. */
    @Override
    public Optional<HiddenStates> states() {
        TargetStates states = TargetStates.of(model);
        return Optional.of(new HiddenStates() {
            @Override
            public List<TargetStates.At> blocks() {
                return states.blocks();
            }

            @Override
            public Reader reader(List<String> blocks) {
                Program telling = states.telling(blocks).train().only(Names.STATES::equals);
                return OrtRowReader.ofStates(model, whole(telling), blocks.stream().mapToInt(block -> states.at(block).width()).sum());
            }
        });
    }

    @Override
    public List<String> remarks() {
        var remarks = new ArrayList<String>();
        long copied = caches().filter(cache -> !step.compiled().grown().contains(cache.name())).count();
        if (serving.cache() == Serving.Cache.SHARED && copied > 0) {
            remarks.add("caches copied: " + copied + " of " + caches().count()
                    + " cannot be written in place, as no fused attention takes them (head size no multiple of 8, no rotary positions, or not plain causal attention)");
        }
        if (provider.isPresent() && memory.isEmpty()) {
            remarks.add("caches lie in the processor's memory and travel for every token"
                    + (provider.get().memory().isEmpty() ? "" : ": to leave them on the device takes Java 22 or newer, and a model whose step reads its source"));
        }
        return remarks;
    }

    @Override
    public long weightBytes() {
        return weights.bytes();
    }

    @Override
    public long stateBytes(int rows, int tokens) {
        var sizes = Map.of("B", (long) rows, "S", (long) tokens, "T", 1L, "P", (long) tokens);
        long bytes = 0;
        for (StateSpec state : model.state()) {
            boolean replaced = state.role() == StateSpec.Role.RECURRENT || state.role() == StateSpec.Role.APPEND && serving.cache() == Serving.Cache.COPIED;
            int buffers = replaced ? 2 : 1; // the state, and what replaces it
            bytes += (long) buffers * size(state.type().shape().evaluate(sizes)) * (state.type().dtype() == DType.INT ? Long.BYTES : Float.BYTES);
        }
        return bytes;
    }

    private static long size(long[] shape) {
        long size = 1;
        for (long dim : shape) {
            size *= dim;
        }
        return size;
    }

    @Override
    public void close() {
        memory.ifPresent(DeviceMemory::close);
        Ort.call("close", () -> {
            step.session().close();
            if (perSource.isPresent()) {
                perSource.get().session().close();
            }
            if (prefill.isPresent()) {
                prefill.get().session().close();
            }
            return null;
        });
        weights.close();
    }
}
