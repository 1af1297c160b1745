package org.encore.torch;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Function;

import org.encore.api.Unavailable;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtEngineProvider;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;

/** The native library: loaded once, on first use, and used by one caller at a time. */
final class Libtorch {

    private static final String REMEDY = "Encore carries libtorch for Linux x86_64 (glibc 2.28 or newer) and unpacks it to the folder DJL_CACHE_DIR, "
            + "which needs 450 MB; see docs/troubleshooting.md.";

    private Libtorch() {}

    /** @throws Unavailable if the library cannot be loaded here */
    static synchronized Engine engine() {
        Optional<LibtorchBuild> chosen = LibtorchBuild.chosen();
        chosen.ifPresent(LibtorchBuild::use);
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
        // the engine looks for its provider and its natives through the thread's class loader, which in a bundle is the wrong one
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(PtEngineProvider.class.getClassLoader());
        try {
            Engine engine = Engine.getEngine("PyTorch");
            // profiling compilers cost more than they save on straight-line code; the library keeps this switch for each thread
            JniUtils.setGraphExecutorOptimize(false);
            return engine;
        } catch (RuntimeException | LinkageError e) {
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            String why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
            throw new Unavailable("PyTorch cannot be loaded: " + why, chosen.map(LibtorchBuild::remedy).orElse(REMEDY));
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /**
     * Does something while nobody else uses the library: the random generator, the number of threads and DJL's collector of gradients belong to
     * the whole process, so two trainings side by side would draw each other's dropout.
     */
    static synchronized <T> T alone(Function<Engine, T> work) {
        return work.apply(engine());
    }

    static PtNDManager manager(TorchDevice device) {
        return (PtNDManager) NDManager.newBaseManager(device.ofDjl(), "PyTorch");
    }

    static PtSymbolBlock load(PtNDManager manager, byte[] archive) {
        try {
            return JniUtils.loadModule(manager, new ByteArrayInputStream(archive), false, false);
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory does not fail", e);
        }
    }
}
