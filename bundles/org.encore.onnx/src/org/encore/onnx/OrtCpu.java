package org.encore.onnx;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import org.encore.api.Availability;
import org.encore.api.Unavailable;
import org.encore.api.inference.Backend;
import org.encore.api.inference.LoadedModel;
import org.encore.api.option.Choice;
import org.encore.api.option.Option;
import org.encore.api.quantization.Matrix;
import org.encore.api.quantization.Quantization;
import org.encore.api.quantization.Storage;
import org.encore.api.weights.Weights;
import org.encore.graph.Model;
import org.encore.onnx.runtime.Ort;
import org.encore.onnx.runtime.OrtModel;
import org.encore.onnx.runtime.Workers;

/** ONNX Runtime on the CPU. */
public final class OrtCpu implements Backend<OrtCpu.Options> {

    /**
     * @param threads of one operator; 0 for one per core
     * @param quantization in which form matrices are stored
     * @param cache what happens to keys and values of earlier tokens
     * @param logits positions of a prompt that get logits
     * @param shapes whether what is read at once has a fixed size
     * @param spinning whether threads that wait for the next operator keep a processor busy
     */
    public record Options(
            @Option(value = "0", help = "threads of one operator; 0 for one per core") int threads,
            @Option(help = "in which form matrices are stored and multiplied; left out: fp32") Optional<Choice<Quantization<?>>> quantization,
            @Option(value = "shared", help = "keys and values of earlier tokens: shared (written in place), copied (given anew by every step) or none (computed again)")
            Serving.Cache cache,
            @Option(value = "last", help = "positions of a prompt that get logits: last, or all as some runtimes do") Serving.Logits logits,
            @Option(value = "dynamic", help = "sizes of what is read at once: dynamic, or padded as graphs compiled ahead of time are") Serving.Shapes shapes,
            @Option(value = "true", help = "threads that wait for the next operator keep a processor busy: faster, unless something else computes beside it")
            boolean spinning) {

        public Options {
            Threads.check(threads);
        }

        /** In fp32. */
        public Options(int threads) {
            this(threads, Optional.empty(), Serving.BEST);
        }

        /** As served. */
        public Options(int threads, Optional<Choice<Quantization<?>>> quantization, Serving serving) {
            this(threads, quantization, serving.cache(), serving.logits(), serving.shapes(), true);
        }

        Serving serving() {
            return new Serving(cache, logits, shapes);
        }

        int count() {
            return Threads.count(threads);
        }
    }

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    public Availability probe() {
        try {
            return new Availability.Present("ONNX Runtime " + Ort.environment().getVersion() + ", CPU");
        } catch (Unavailable missing) {
            return missing.missing();
        }
    }

    @Override
    public Options sharing(Options o) {
        return new Options(o.threads(), o.quantization(), o.cache(), o.logits(), o.shapes(), false);
    }

    @Override
    public LoadedModel load(Model model, Weights weights, Options options) {
        Ort.environment();
        Map<String, Storage> storages = options.quantization().map(choice -> storages(choice.extension(), choice.options(), model)).orElse(Map.of());
        return new OrtModel(model, weights, storages, options.serving(), new Workers(options.count(), options.spinning()));
    }

    private static <O extends Record> Map<String, Storage> storages(Quantization<O> scheme, Record options, Model model) {
        var storages = new LinkedHashMap<String, Storage>();
        Matrix.of(model).forEach(matrix -> storages.put(matrix.parameter().name(), scheme.storage(scheme.optionsType().cast(options), matrix)));
        return storages;
    }
}
