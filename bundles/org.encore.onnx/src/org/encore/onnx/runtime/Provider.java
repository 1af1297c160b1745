package org.encore.onnx.runtime;

import java.util.List;
import java.util.Locale;
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
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;

/** What ONNX Runtime can hand operators to, beside its own code for the processor. A build of the runtime has one or a few of them. */
public enum Provider {
    CUDA("CUDA", "an NVIDIA GPU with its driver, CUDA 12 and cuDNN 9", "onnxruntime_gpu VERSION", "Cuda", Provider::cuda),
    TENSORRT("TensorRT", "an NVIDIA GPU with its driver, CUDA 12 and TensorRT 10", "onnxruntime_gpu VERSION", "Cuda", options ->
    options.addTensorrt(0)),
    ROCM("ROCm", "an AMD GPU with its driver and ROCm", "ONNX Runtime VERSION built with --use_rocm", "", options -> options.addROCM(0)),
    OPENVINO("OpenVINO", "an Intel processor, GPU or NPU with OpenVINO", "ONNX Runtime VERSION built with --use_openvino", "",
    options -> options.addOpenVINO("CPU")),
    QNN("QNN", "a Qualcomm NPU with the QNN SDK", "ONNX Runtime VERSION built with --use_qnn", "", options -> options.addQnn(Map.of("backend_type",
    "htp"))),
    CORE_ML("CoreML", "macOS", "ONNX Runtime VERSION built with --use_coreml", "", SessionOptions::addCoreML),
    DIRECT_ML("DirectML", "Windows with DirectX 12", "ONNX Runtime VERSION built with --use_dml", "", options -> options.addDirectML(0)),
    XNNPACK("XNNPACK", "this processor", "ONNX Runtime VERSION built with --use_xnnpack", "", options -> options.addXnnpack(Map.of()));

    private static final Shape TINY = Shape.of(4, 4);

    private final String words;
    private final String hardware;
    private final String build;
    private final String memory;
    private final Addition addition;

    /** How sessions are told of it. */
    private interface Addition {
        void to(SessionOptions options) throws OrtException;
    }

    Provider(String words, String hardware, String build, String memory, Addition addition) {
        this.words = words;
        this.hardware = hardware;
        this.build = build;
        this.memory = memory;
        this.addition = addition;
    }

    /** As its makers write it. */
    public String words() {
        return words;
    }

    /** What the runtime calls the memory of the hardware; empty if it is the processor's, or if no state is kept there. */
    String memory() {
        return memory;
    }

    /** The hardware that it computes on, as probes name it. */
    public String device() {
        return switch (this) {
            case CUDA, TENSORRT -> "cuda";
            case OPENVINO, XNNPACK -> "cpu";
            case ROCM, QNN, CORE_ML, DIRECT_ML -> name().toLowerCase(Locale.ROOT);
        };
    }

    /** fp32 means fp32: by itself the provider rounds factors of fp32 products to 10 bits. */
    private static void cuda(SessionOptions options) throws OrtException {
        try (var cuda = new OrtCUDAProviderOptions(0)) {
            cuda.add("use_tf32", "0");
            options.addCUDA(cuda);
        }
    }

    /** As the Java classes of the runtime call it. */
    OrtProvider compiled() {
        return switch (this) {
            case CUDA -> OrtProvider.CUDA;
            case TENSORRT -> OrtProvider.TENSOR_RT;
            case ROCM -> OrtProvider.ROCM;
            case OPENVINO -> OrtProvider.OPEN_VINO;
            case QNN -> OrtProvider.QNN;
            case CORE_ML -> OrtProvider.CORE_ML;
            case DIRECT_ML -> OrtProvider.DIRECT_ML;
            case XNNPACK -> OrtProvider.XNNPACK;
        };
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
            return missing(String.valueOf(e.getMessage()), environment.getVersion());
        }
    }

    private static boolean absent(String said) {
        return said.contains("not compiled") || said.contains("not supported in this build") || said.contains("Failed to find");
    }

    private Availability.Missing missing(String said, String version) {
        if (absent(said)) {
            return new Availability.Missing("this build of ONNX Runtime has no " + words, "It takes " + hardware + ", and " + build.replace("VERSION", version)
                    + ": put its libraries into a folder, then: encore runtime use FOLDER (docs/devices.md)");
        }
        // after where in its own source the runtime noticed
        String why = said.lines().findFirst().orElse("").replaceFirst("^Error code - \\w+ - message: ", "")
                .replaceFirst("^.*\\[ONNXRuntimeError\\] : \\d+ : \\w+ : ", "");
        return new Availability.Missing("ONNX Runtime could not use " + words + ": " + why.strip(), "This build has it, and it takes " + hardware
                + ". Libraries that are not found can be put (or linked) beside the build, where encore runtime list shows it, or be named in LD_LIBRARY_PATH");
    }

    private static byte[] product() {
        var graph = new OnnxGraph("probe");
        graph.input("a", ElementType.FLOAT, TINY);
        graph.output("c", ElementType.FLOAT, TINY);
        graph.node("", "MatMul", Map.of(), List.of("a", "a"), List.of("c"));
        return graph.toBytes();
    }
}
