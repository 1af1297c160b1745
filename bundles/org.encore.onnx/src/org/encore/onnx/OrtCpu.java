package org.encore.onnx;

import org.encore.api.Availability;
import org.encore.api.Unavailable;
import org.encore.api.inference.Backend;
import org.encore.api.inference.LoadedModel;
import org.encore.api.option.Option;
import org.encore.api.weights.Weights;
import org.encore.graph.Model;
import org.encore.onnx.runtime.Ort;
import org.encore.onnx.runtime.OrtModel;

/** ONNX Runtime on the CPU, in fp32. */
public final class OrtCpu implements Backend<OrtCpu.Options> {

    /** @param threads of one operator; 0 for one per core */
    public record Options(@Option(value = "0", help = "threads of one operator; 0 for one per core") int threads) {
        public Options {
            if (threads < 0 || threads > 1024) {
                throw new IllegalArgumentException("threads " + threads + ": give 1 to 1024, or 0 for one per core");
            }
        }

        int count() {
            return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
        }
    }

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    public Availability probe() {
        try {
            return new Availability.Present("ONNX Runtime " + Ort.environment().getVersion() + ", CPU, fp32");
        } catch (Unavailable missing) {
            return missing.missing();
        }
    }

    @Override
    public LoadedModel load(Model model, Weights weights, Options options) {
        Ort.environment();
        return new OrtModel(model, weights, options.count());
    }
}
