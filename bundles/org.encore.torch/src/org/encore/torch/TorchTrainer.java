package org.encore.torch;

import java.util.Optional;

import org.encore.api.Availability;
import org.encore.api.Unavailable;
import org.encore.api.option.Option;
import org.encore.api.training.Trainer;
import org.encore.api.training.TrainingSettings;
import org.encore.api.weights.Weights;
import org.encore.graph.Model;
import org.encore.graph.Program;
import org.encore.torch.script.TrainingScript;

/** Trains on libtorch: graph to TorchScript, autograd, fused AdamW. */
public final class TorchTrainer implements Trainer<TorchTrainer.Options> {

    /**
     * Threads, precision and optimiser come with the training's settings.
     *
     * @param device where parameters lie and everything is computed
     */
    public record Options(@Option(value = "cpu", help = "where it trains: cpu, or cuda, on an NVIDIA GPU with a libtorch for it (encore runtime use); "
            + "equal bits for equal seeds on cpu only") TorchDevice device) {

        /** On the processor. */
        public Options() {
            this(TorchDevice.CPU);
        }
    }

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    public Availability probe() {
        try {
            return new Availability.Present("libtorch " + Libtorch.engine().getVersion() + ", CPU");
        } catch (Unavailable missing) {
            return missing.missing();
        }
    }

    @Override
    public Optional<Availability.Missing> missing(Options options) {
        return options.device() == TorchDevice.CPU ? Optional.empty() : options.device().missing();
    }

    @Override
    public TorchSession open(Model model, Program objective, TrainingSettings settings, Weights start, Options options) {
        options.device().require();
        return new TorchSession(model, TrainingScript.of(model, objective, settings, options.device().ofScript()), settings, start, options.device());
    }
}
