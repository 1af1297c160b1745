package org.encore.natives.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;

import org.junit.jupiter.api.Test;
import org.osgi.framework.FrameworkUtil;

import ai.djl.engine.Engine;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.pytorch.engine.PtEngineProvider;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;

/** The native libraries load and work inside the platform, each through the class loader of its bundle. */
class NativeLibrariesTest {

    private static final String TOKENIZER = """
            {"version": "1.0", "pre_tokenizer": {"type": "Whitespace"},
             "model": {"type": "WordLevel", "unk_token": "?", "vocab": {"?": 0, "the": 1, "cat": 2, "sat": 3}}}
            """;

    @Test
    void tokenizersTokenizeThereAndBack() throws Exception {
        withLoaderOf(HuggingFaceTokenizer.class, () -> {
            try (var tokenizer = HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(TOKENIZER.getBytes(StandardCharsets.UTF_8)), Map.of())) {
                var encoding = tokenizer.encode("the cat sat there");
                assertThat(encoding.getIds()).containsExactly(1, 2, 3, 0);
                assertThat(encoding.getTokens()).containsExactly("the", "cat", "sat", "?");
                assertThat(tokenizer.decode(new long[] {2, 3})).isEqualTo("cat sat");
            }
            return null;
        });
    }

    @Test
    void libtorchComputes() throws Exception {
        withLoaderOf(PtEngineProvider.class, () -> {
            try (var manager = Engine.getEngine("PyTorch").newBaseManager()) {
                var sum = manager.create(new float[] {1, 2}).add(manager.create(new float[] {10, 20}));
                assertThat(sum.toFloatArray()).containsExactly(11, 22);
            }
            return null;
        });
    }

    @Test
    void onnxRuntimeOffersTheCpuAndHoldsTensors() throws OrtException {
        var environment = OrtEnvironment.getEnvironment();
        assertThat(OrtEnvironment.getAvailableProviders()).contains(OrtProvider.CPU);
        try (var tensor = OnnxTensor.createTensor(environment, FloatBuffer.wrap(new float[] {1, 2, 3, 4}), new long[] {2, 2})) {
            assertThat(tensor.getFloatBuffer().get(3)).isEqualTo(4);
        }
    }

    /** A refresh would load a library into a second class loader, which Java refuses; an optional import is what asks for a refresh. */
    @Test
    void nativeBundlesImportNothingOptionally() {
        assertThat(new Class<?>[] {HuggingFaceTokenizer.class, PtEngineProvider.class, OrtEnvironment.class}).allSatisfy(type -> {
            String imports = FrameworkUtil.getBundle(type).getHeaders("").get("Import-Package");
            assertThat(imports == null ? "" : imports).doesNotContain("optional");
        });
    }

    @Test
    void noLibraryCallsHome() {
        assertThat(System.getenv("OPT_OUT_TRACKING")).isEqualTo("true");
        assertThat(System.getenv("ORT_DISABLE_TELEMETRY")).isEqualTo("1");
        assertThat(System.getProperty("ai.djl.offline")).isEqualTo("true");
    }

    private interface Check extends Callable<Void> {}

    /** DJL looks for engines and natives through the context class loader. */
    private static void withLoaderOf(Class<?> type, Check check) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(type.getClassLoader());
        try {
            check.call();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
