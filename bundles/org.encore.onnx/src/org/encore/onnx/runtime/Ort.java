package org.encore.onnx.runtime;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

import org.encore.api.Unavailable;
import org.encore.api.device.ChosenRuntimes;
import org.jspecify.annotations.Nullable;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;

/** ONNX Runtime, loaded on first use; its checked exceptions become sentences. */
public final class Ort {

    private static volatile @Nullable OrtEnvironment loaded;

    private Ort() {}

    /** @throws Unavailable if the library cannot be loaded here, or is of another version than its Java classes */
    public static OrtEnvironment environment() {
        OrtEnvironment known = loaded;
        if (known != null) {
            return known;
        }
        OrtEnvironment environment = load();
        loaded = environment;
        return environment;
    }

    private static OrtEnvironment load() {
        Optional<Path> chosen = ChosenRuntimes.folder(OrtRuntime.ID);
        chosen.ifPresent(folder -> System.setProperty("onnxruntime.native.path", folder.toString()));
        String remedy = chosen.map(folder -> "That is the build in " + folder + "; encore runtime forget " + OrtRuntime.ID
                + " goes back to the one that Encore carries.")
                .orElse("Encore carries it for Linux x86_64 and unpacks it to java.io.tmpdir, which needs 60 MB and the right to execute; see docs/troubleshooting.md.");
        OrtEnvironment environment;
        try {
            // what goes wrong is told by exceptions; the library would write it to the terminal as well
            environment = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            // what the library sends while it starts only the variable ORT_DISABLE_TELEMETRY prevents, which the command sets
            environment.setTelemetry(false);
        } catch (OrtException | RuntimeException | LinkageError e) {
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            throw new Unavailable("ONNX Runtime cannot be loaded: " + cause.getMessage(), remedy);
        }
        String wanted = OrtEnvironment.class.getPackage().getImplementationVersion();
        if (wanted != null && !wanted.equals(environment.getVersion())) {
            throw new Unavailable("this build of ONNX Runtime is of version " + environment.getVersion() + ", and Encore's Java classes need " + wanted, remedy);
        }
        return environment;
    }

    /** Work on the runtime. */
    @FunctionalInterface
    public interface Call<T> {
        T run() throws OrtException;
    }

    /** @throws IllegalStateException if the runtime fails; the message says at what */
    public static <T> T call(String what, Call<T> call) {
        try {
            return call.run();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime could not " + what + ": " + e.getMessage(), e);
        }
    }

    /**
     * A session over a file that others have written; its weights may lie beside it.
     *
     * @throws IllegalArgumentException if the runtime cannot read it; the message says why
     */
    public static OrtSession ofFile(Path file, int threads) {
        OrtEnvironment environment = environment();
        try (var options = new OrtSession.SessionOptions()) {
            configure(options, Workers.of(threads));
            return environment.createSession(file.toString(), options);
        } catch (OrtException e) {
            throw new IllegalArgumentException(file + " cannot be opened by ONNX Runtime: " + e.getMessage(), e);
        }
    }

    private static void configure(OrtSession.SessionOptions options, Workers workers) throws OrtException {
        options.setIntraOpNumThreads(workers.threads());
        options.addConfigEntry("session.intra_op.allow_spinning", workers.spinning() ? "1" : "0");
        options.setInterOpNumThreads(1);
        options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
        options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
        options.setSessionLogLevel(ai.onnxruntime.OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
    }

    /** A session over a file in memory, whose weights are given as tensors. */
    static OrtSession session(byte[] file, Map<String, OnnxTensor> weights, int threads) {
        return session(file, weights, Workers.of(threads), Optional.empty());
    }

    /** As {@link #session(byte[], Map, int)}; what the provider cannot compute is left to the processor. */
    static OrtSession session(byte[] file, Map<String, OnnxTensor> weights, Workers workers, Optional<Provider> provider) {
        OrtEnvironment environment = environment();
        return call("compile the graph", () -> {
            try (var options = new OrtSession.SessionOptions()) {
                if (provider.isPresent()) {
                    provider.get().addTo(options);
                }
                configure(options, workers);
                if (!weights.isEmpty()) {
                    options.addExternalInitializers(new java.util.HashMap<String, ai.onnxruntime.OnnxTensorLike>(weights));
                }
                return environment.createSession(file, options);
            }
        });
    }

    /**
     * A direct buffer.
     *
     * @throws IllegalArgumentException if that is more than one buffer holds, or more than this process may take; the message has both numbers
     */
    static ByteBuffer bytes(long count) {
        if (count > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("a cache or result of " + Room.words(count) + ", but one buffer holds " + Room.words(Integer.MAX_VALUE)
                    + ". Make a generator of fewer rows or tokens.");
        }
        try {
            return ByteBuffer.allocateDirect((int) count).order(ByteOrder.nativeOrder());
        } catch (OutOfMemoryError e) {
            throw new IllegalArgumentException("no room for " + Room.words(count) + " more: " + e.getMessage()
                    + ". Encore gives buffers half of the memory; ENCORE_JAVA_OPTIONS=-XX:MaxDirectMemorySize=… gives them more.", e);
        }
    }

    static FloatBuffer floats(long count) {
        return bytes(count * Float.BYTES).asFloatBuffer();
    }

    static LongBuffer longs(long count) {
        return bytes(count * Long.BYTES).asLongBuffer();
    }

    static IntBuffer ints(long count) {
        return bytes(count * Integer.BYTES).asIntBuffer();
    }

    /** A tensor over a direct buffer's first elements, without a copy. */
    static OnnxTensor tensor(FloatBuffer buffer, long... shape) {
        return call("wrap a buffer", () -> OnnxTensor.createTensor(environment(), buffer.duplicate().position(0).limit(size(shape)), shape));
    }

    static OnnxTensor tensor(LongBuffer buffer, long... shape) {
        return call("wrap a buffer", () -> OnnxTensor.createTensor(environment(), buffer.duplicate().position(0).limit(size(shape)), shape));
    }

    static OnnxTensor tensor(IntBuffer buffer, long... shape) {
        return call("wrap a buffer", () -> OnnxTensor.createTensor(environment(), buffer.duplicate().position(0).limit(size(shape)), shape));
    }

    static OnnxTensor tensor(ByteBuffer buffer, OnnxJavaType type, long... shape) {
        ByteBuffer elements = buffer.duplicate().order(ByteOrder.nativeOrder()).position(0).limit(size(shape));
        return call("wrap a buffer", () -> OnnxTensor.createTensor(environment(), elements, shape, type));
    }

    static int size(long... shape) {
        long size = 1;
        for (long dim : shape) {
            size *= dim;
        }
        return Math.toIntExact(size);
    }
}
