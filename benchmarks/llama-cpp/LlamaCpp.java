import java.io.IOException;
import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.FloatBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

import org.encore.api.inference.Generator;
import org.encore.api.inference.Logits;

/**
 * One model in llama.cpp's own library, called in this process. Structures are passed as blocks larger than they are, which the calling convention
 * allows where they are the last on the stack; of the fields that are set, the place is checked by the defaults that must stand there.
 */
final class LlamaCpp implements Generator {

    /** What llama.cpp's own counters say of the last request. */
    record Counters(double promptMillis, int promptTokens, double evalMillis, int evalTokens) {}

    private static final Arena ARENA = Arena.ofAuto();
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final AddressLayout POINTER = ValueLayout.ADDRESS;
    /** Larger than any structure of parameters that is passed. */
    private static final MemoryLayout BLOCK = block(64);
    /** Larger than the parameters of threads, which are only given back. */
    private static final MemoryLayout LARGE = block(128);
    /** n_tokens and six pointers. */
    private static final MemoryLayout BATCH = block(7);

    // places in llama_context_params, with the defaults that are looked for
    private static final long CONTEXT = 0;
    private static final long BATCH_SIZE = 4;
    private static final long THREADS = 28;
    private static final long FLASH_ATTENTION = 52;
    private static final long KEY_TYPE = 104;
    private static final long OFFLOAD = 129;
    private static final long NO_COUNTERS = 130;
    private static final int DEFAULT_CONTEXT = 512;
    private static final int DEFAULT_BATCH = 2048;
    private static final int AUTOMATIC = -1;
    private static final int F16 = 1;

    private final SymbolLookup llama;
    private final MemorySegment model;
    private final MemorySegment context;
    private final MemorySegment tokens;
    private final MemorySegment oneToken = ARENA.allocate(INT);
    private final MemorySegment counters = ARENA.allocate(BLOCK);
    private final MethodHandle batchOf;
    private final MethodHandle decode;
    private final MethodHandle logitsOf;
    private final MethodHandle perf;
    private final int vocabulary;

    /** Loads the libraries of a folder: those of the processor are chosen by llama.cpp. */
    static SymbolLookup libraries(Path folder) throws IOException {
        SymbolLookup llama = SymbolLookup.libraryLookup(only(folder, "libllama.", ".so"), ARENA);
        SymbolLookup ggml = SymbolLookup.libraryLookup(only(folder, "libggml.", ".so"), ARENA);
        call(function(llama, "llama_log_set", null, POINTER, POINTER), silence(), MemorySegment.NULL);
        call(function(ggml, "ggml_backend_load_all_from_path", null, POINTER), ARENA.allocateFrom(folder.toString()));
        call(function(llama, "llama_backend_init", null));
        return llama;
    }

    private static Path only(Path folder, String begins, String ends) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(f -> f.getFileName().toString().startsWith(begins) && f.getFileName().toString().endsWith(ends)).findFirst()
                    .orElseThrow(() -> new IOException("no " + begins + "*" + ends + " in " + folder));
        }
    }

    private static MemorySegment silence() {
        try {
            MethodHandle nothing = MethodHandles.lookup().findStatic(LlamaCpp.class, "nothing",
                    MethodType.methodType(void.class, int.class, MemorySegment.class, MemorySegment.class));
            return Linker.nativeLinker().upcallStub(nothing, FunctionDescriptor.ofVoid(INT, POINTER, POINTER), Arena.global());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    static void nothing(int level, MemorySegment text, MemorySegment data) {
        // llama.cpp tells of every tensor
    }

    /** File name of the variant for this processor that llama.cpp chose. */
    static String variant() throws IOException {
        var found = new TreeSet<String>();
        for (String line : Files.readAllLines(Path.of("/proc/self/maps"))) {
            if (line.contains("libggml-cpu")) {
                found.add(line.substring(line.lastIndexOf('/') + 1));
            }
        }
        return String.join(", ", found);
    }

    private static Path variantFile() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/maps")).stream().filter(line -> line.contains("libggml-cpu"))
                .map(line -> Path.of(line.substring(line.indexOf('/')))).findFirst().orElseThrow(() -> new IOException("llama.cpp loaded no variant for this processor"));
    }

    /** @param file in GGUF @param room tokens of one request */
    LlamaCpp(SymbolLookup llama, Path file, int vocabulary, int threads, int room) throws IOException {
        this.llama = llama;
        this.vocabulary = vocabulary;
        this.tokens = ARENA.allocate(INT, room);
        this.batchOf = function("llama_batch_get_one", BATCH, POINTER, INT);
        this.decode = function("llama_decode", INT, POINTER, BATCH);
        this.logitsOf = function("llama_get_logits_ith", POINTER, POINTER, INT);
        this.perf = function("llama_perf_context", BLOCK, POINTER);
        MemorySegment modelParameters = (MemorySegment) call(function("llama_model_default_params", BLOCK), ARENA);
        this.model = (MemorySegment) call(function("llama_model_load_from_file", POINTER, POINTER, BLOCK), ARENA.allocateFrom(file.toString()), modelParameters);
        if (model.equals(MemorySegment.NULL)) {
            throw new IOException("llama.cpp could not load " + file);
        }
        MemorySegment parameters = (MemorySegment) call(function("llama_context_default_params", BLOCK), ARENA);
        check(parameters);
        parameters.set(INT, CONTEXT, room);
        parameters.set(INT, BATCH_SIZE, room);
        parameters.set(INT, THREADS, threads);
        parameters.set(INT, THREADS + 4, threads);
        parameters.set(ValueLayout.JAVA_BOOLEAN, NO_COUNTERS, false);
        this.context = (MemorySegment) call(function("llama_init_from_model", POINTER, POINTER, BLOCK), model, parameters);
        int threadsInside = (int) call(function("llama_n_threads", INT, POINTER), context);
        if (context.equals(MemorySegment.NULL) || threadsInside != threads) {
            throw new IOException("llama.cpp made no context of " + threads + " threads");
        }
        keepThreads(threads);
    }

    /** As its own benchmark does: without this, threads are started anew for every token. */
    private void keepThreads(int threads) throws IOException {
        SymbolLookup cpu = SymbolLookup.libraryLookup(variantFile(), ARENA);
        SymbolLookup base = SymbolLookup.libraryLookup(variantFile().resolveSibling("libggml-base.so"), ARENA);
        MemorySegment parameters = (MemorySegment) call(function(base, "ggml_threadpool_params_default", LARGE, INT), ARENA, threads);
        MemorySegment pool = (MemorySegment) call(function(cpu, "ggml_threadpool_new", POINTER, POINTER), parameters);
        call(function("llama_attach_threadpool", null, POINTER, POINTER, POINTER), context, pool, pool);
    }

    private static void check(MemorySegment p) throws IOException {
        boolean known = p.get(INT, CONTEXT) == DEFAULT_CONTEXT && p.get(INT, BATCH_SIZE) == DEFAULT_BATCH && p.get(INT, BATCH_SIZE + 4) == DEFAULT_CONTEXT
                && p.get(INT, THREADS) == p.get(INT, THREADS + 4) && p.get(INT, THREADS) > 0 && p.get(INT, FLASH_ATTENTION) == AUTOMATIC
                && p.get(INT, KEY_TYPE) == F16 && p.get(INT, KEY_TYPE + 4) == F16 && p.get(ValueLayout.JAVA_BYTE, OFFLOAD) == 1
                && p.get(ValueLayout.JAVA_BYTE, NO_COUNTERS) == 1;
        if (!known) {
            var shown = new int[36];
            Arrays.setAll(shown, i -> p.get(INT, 4L * i));
            throw new IOException("this build of llama.cpp has its parameters in other places than this program knows: " + Arrays.toString(shown));
        }
    }

    @Override
    public Logits start(int[][] sources) {
        call(function("llama_memory_clear", null, POINTER, ValueLayout.JAVA_BOOLEAN), call(function("llama_get_memory", POINTER, POINTER), context), false);
        call(function("llama_perf_context_reset", null, POINTER), context);
        // an Encore model reads the start token after its source: so does this one, and both read as many tokens
        MemorySegment.copy(sources[0], 0, tokens, INT, 0, sources[0].length);
        tokens.setAtIndex(INT, sources[0].length, Compare.START);
        return run(tokens, sources[0].length + 1);
    }

    @Override
    public Logits next(int[] token) {
        oneToken.set(INT, 0, token[0]);
        return run(oneToken, 1);
    }

    private Logits run(MemorySegment ids, int count) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment batch = (MemorySegment) call(batchOf, arena, ids, count);
            int code = (int) call(decode, context, batch);
            if (code != 0) {
                throw new IllegalStateException("llama_decode gave " + code + " for " + count + " tokens");
            }
            MemorySegment logits = (MemorySegment) call(logitsOf, context, -1);
            FloatBuffer values = logits.reinterpret(4L * vocabulary).asByteBuffer().order(ByteOrder.nativeOrder()).asFloatBuffer();
            return new Logits(1, vocabulary, values);
        }
    }

    /** Of the request since the last start. */
    Counters counters() {
        MemorySegment data = (MemorySegment) call(perf, ARENA, context);
        return new Counters(data.get(ValueLayout.JAVA_DOUBLE, 16), data.get(INT, 32), data.get(ValueLayout.JAVA_DOUBLE, 24), data.get(INT, 36));
    }

    /** Bytes of all tensors, as llama.cpp counts them. */
    long weightBytes() {
        return (long) call(function("llama_model_size", ValueLayout.JAVA_LONG, POINTER), model);
    }

    @Override
    public void select(int[] rows) {
        throw new UnsupportedOperationException("one row");
    }

    @Override
    public void rewind(int count) {
        throw new UnsupportedOperationException("not asked of it here");
    }

    @Override
    public int rows() {
        return 1;
    }

    @Override
    public void close() {
        call(function("llama_free", null, POINTER), context);
        call(function("llama_model_free", null, POINTER), model);
    }

    private static MemoryLayout block(int longs) {
        return MemoryLayout.structLayout(MemoryLayout.sequenceLayout(longs, ValueLayout.JAVA_LONG).withName("fields"));
    }

    private MethodHandle function(String name, @org.jspecify.annotations.Nullable MemoryLayout result, MemoryLayout... parameters) {
        return function(llama, name, result, parameters);
    }

    private static MethodHandle function(SymbolLookup library, String name, @org.jspecify.annotations.Nullable MemoryLayout result, MemoryLayout... parameters) {
        MemorySegment address = library.find(name).orElseThrow(() -> new IllegalStateException("llama.cpp has no function " + name));
        return Linker.nativeLinker().downcallHandle(address,
                result == null ? FunctionDescriptor.ofVoid(parameters) : FunctionDescriptor.of(result, parameters));
    }

    private static Object call(MethodHandle function, Object... arguments) {
        try {
            return function.invokeWithArguments(List.of(arguments));
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
