package org.encore.onnx;

import java.util.Map;
import java.util.Optional;

import org.encore.api.Availability;
import org.encore.api.Unavailable;
import org.encore.api.inference.Backend;
import org.encore.api.inference.LoadedModel;
import org.encore.api.option.Option;
import org.encore.api.weights.Weights;
import org.encore.graph.Model;
import org.encore.onnx.runtime.OrtModel;
import org.encore.onnx.runtime.Provider;
import org.encore.onnx.runtime.Workers;

/**
 * ONNX Runtime on one of its execution providers: whatever hardware the runtime at hand was built for. Operators that the provider does not have run
 * on the processor. Caches lie in the hardware's memory on CUDA, otherwise in the processor's.
 */
public abstract class OrtProvider implements Backend<OrtProvider.Options> {

    /**
     * All in fp32.
     *
     * @param threads of what runs on the processor; 0 for one per core
     * @param cache what happens to keys and values of earlier tokens
     * @param logits positions of a prompt that get logits
     * @param shapes whether what is read at once has a fixed size
     */
    public record Options(
            @Option(value = "0", help = "threads of what runs on the processor; 0 for one per core") int threads,
            @Option(value = "shared", help = "keys and values of earlier tokens: shared (written in place), copied (all written anew by every step) or none"
                    + " (computed again)")
            Serving.Cache cache,
            @Option(value = "last", help = "positions of a prompt that get logits: last, or all as some runtimes do") Serving.Logits logits,
            @Option(value = "dynamic", help = "sizes of what is read at once: dynamic, or padded as graphs compiled ahead of time are") Serving.Shapes shapes) {

        public Options {
            Threads.check(threads);
        }

        /** As fast as it goes. */
        public Options(int threads) {
            this(threads, Serving.BEST.cache(), Serving.BEST.logits(), Serving.BEST.shapes());
        }

        Serving serving() {
            return new Serving(cache, logits, shapes);
        }
    }

    private final Provider provider;

    private OrtProvider(Provider provider) {
        this.provider = provider;
    }

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    public Availability probe() {
        return provider.probe();
    }

    @Override
    public String device() {
        return provider.device();
    }

    @Override
    public LoadedModel load(Model model, Weights weights, Options options) {
        if (probe() instanceof Availability.Missing missing) {
            throw new Unavailable(missing.reason(), missing.remedy());
        }
        return new OrtModel(model, weights, Map.of(), options.serving(), Workers.of(Threads.count(options.threads())), Optional.of(provider));
    }

    /** NVIDIA GPUs. */
    public static final class Cuda extends OrtProvider {
        public Cuda() {
            super(Provider.CUDA);
        }
    }

    /** NVIDIA GPUs, compiled ahead. */
    public static final class TensorRt extends OrtProvider {
        public TensorRt() {
            super(Provider.TENSORRT);
        }
    }

    /** AMD GPUs. */
    public static final class Rocm extends OrtProvider {
        public Rocm() {
            super(Provider.ROCM);
        }
    }

    /** Intel hardware. */
    public static final class OpenVino extends OrtProvider {
        public OpenVino() {
            super(Provider.OPENVINO);
        }
    }

    /** Qualcomm NPUs. */
    public static final class Qnn extends OrtProvider {
        public Qnn() {
            super(Provider.QNN);
        }
    }

    /** Apple hardware. */
    public static final class CoreMl extends OrtProvider {
        public CoreMl() {
            super(Provider.CORE_ML);
        }
    }

    /** Windows' GPUs. */
    public static final class DirectMl extends OrtProvider {
        public DirectMl() {
            super(Provider.DIRECT_ML);
        }
    }

    /** Kernels for phones' processors, which other processors have too. */
    public static final class Xnnpack extends OrtProvider {
        public Xnnpack() {
            super(Provider.XNNPACK);
        }
    }
}
