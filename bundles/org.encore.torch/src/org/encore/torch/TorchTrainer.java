package org.encore.torch;

import org.encore.api.Availability;
import org.encore.api.Unavailable;
import org.encore.api.training.Trainer;
import org.encore.api.training.TrainingSettings;
import org.encore.api.weights.Weights;
import org.encore.graph.Model;
import org.encore.graph.Program;
import org.encore.torch.script.TrainingScript;

/** Trains on libtorch: graph to TorchScript, autograd, fused AdamW. */
public final class TorchTrainer implements Trainer<TorchTrainer.Options> {

    /** Threads, precision and optimiser come with the training's settings; there is nothing else to choose on a CPU. */
    public record Options() {}

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
    public TorchSession open(Model model, Program objective, TrainingSettings settings, Weights start, Options options) {
        Libtorch.engine();
        return new TorchSession(model, TrainingScript.of(model, objective, settings), settings, start);
    }
}
