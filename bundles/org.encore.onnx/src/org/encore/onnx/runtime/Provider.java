package org.encore.onnx.runtime;

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.encore.api.Availability;
import org.encore.api.Unavailable;
import org.encore.graph.Shape;
import org.encore.onnx.proto.ElementType;
import org.encore.onnx.proto.OnnxGraph;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;

/** What ONNX Runtime can hand operators to, beside its own code for the processor. A build of the runtime has one or a few of them. */
public enum Provider {
    CUDA("CUDA", "an NVIDIA GPU with its driver, CUDA 12 and cuDNN 9", "onnxruntime_gpu VERSION", options -> options.addCUDA(0)),
    TENSORRT("TensorRT", "an NVIDIA GPU with its driver, CUDA 12 and TensorRT 10", "onnxruntime_gpu VERSION", options -> options.addTensorrt(0)),
    ROCM("ROCm", "an AMD GPU with its driver and ROCm", "ONNX Runtime VERSION built with --use_rocm", options -> options.addROCM(0)),
    OPENVINO("OpenVINO", "an Intel processor, GPU or NPU with OpenVINO", "ONNX Runtime VERSION built with --use_openvino",
    options -> options.addOpenVINO("CPU")),
    QNN("QNN", "a Qualcomm NPU with the QNN SDK", "ONNX Runtime VERSION built with --use_qnn", options -> options.addQnn(Map.of("backend_type",
    "htp"))),
    CORE_ML("CoreML", "macOS", "ONNX Runtime VERSION built with --use_coreml", SessionOptions::addCoreML),
    DIRECT_ML("DirectML", "Windows with DirectX 12", "ONNX Runtime VERSION built with --use_dml", options -> options.addDirectML(0)),
    XNNPACK("XNNPACK", "this processor", "ONNX Runtime VERSION built with --use_xnnpack", options -> options.addXnnpack(Map.of()));

    private static final Shape TINY = Shape.of(4, 4);

    private final String words;
    private final String hardware;
    private final String build;
    private final Addition addition;

    /** How sessions are told of it. */
    private interface Addition {
        void to(SessionOptions options) throws OrtException;
    }

    Provider(String words, String hardware, String build, Addition addition) {
        this.words = words;
        this.hardware = hardware;
        this.build = build;
        this.addition = addition;
    }

    /** As its makers write it. */
    public String words() {
        return words;
    }

    void addTo(SessionOptions options) throws OrtException {
        addition.to(options);
    }

    /** Whether a product of matrices is computed by it here: one is, with nothing left to the processor's own code. */
    public Availability probe() {
        OrtEnvironment environment;
        try {
            environment = Ort.environment();
        } catch (Unavailable missing) {
            return missing.missing();
        }
        try (var options = new SessionOptions()) {
            options.addConfigEntry("session.disable_cpu_ep_fallback", "1");
            options.setSessionLogLevel(ai.onnxruntime.OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            addTo(options);
            try (OrtSession session = environment.createSession(product(), options); OnnxTensor tensor = Ort.tensor(Ort.floats(16), 4, 4);
                    var result = session.run(Map.of("a", tensor), Set.of("c"))) {
                return new Availability.Present("ONNX Runtime " + environment.getVersion() + ", " + words);
            }
        } catch (OrtException | RuntimeException | LinkageError e) {
            return new Availability.Missing(reason(String.valueOf(e.getMessage())), remedy(environment.getVersion()));
        }
    }

    private String reason(String said) {
        boolean absent = said.contains("not compiled") || said.contains("not supported in this build") || said.contains("shared provider");
        return absent ? "this build of ONNX Runtime has no " + words
                : "ONNX Runtime could not use " + words + ": " + said.replaceFirst("^Error code - \\w+ - message: ", "").lines().findFirst()
                .orElse("").strip();
    }

    /** Native libraries fit one version of the Java classes. */
    private String remedy(String version) {
        return "It takes " + hardware + ", and " + build.replace("VERSION", version)
                + ": put its libraries into a folder and start with ENCORE_JAVA_OPTIONS=-Donnxruntime.native.path=FOLDER (docs/devices.md)";
    }

    private static byte[] product() {
        var graph = new OnnxGraph("probe");
        graph.input("a", ElementType.FLOAT, TINY);
        graph.output("c", ElementType.FLOAT, TINY);
        graph.node("", "MatMul", Map.of(), List.of("a", "a"), List.of("c"));
        return graph.toBytes();
    }
}
