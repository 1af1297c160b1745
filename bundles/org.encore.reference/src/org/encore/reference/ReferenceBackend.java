package org.encore.reference;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

import org.encore.api.Availability;
import org.encore.api.inference.AttentionMap;
import org.encore.api.inference.Attentive;
import org.encore.api.inference.Backend;
import org.encore.api.inference.Generator;
import org.encore.api.inference.HiddenStates;
import org.encore.api.inference.LoadedModel;
import org.encore.api.weights.Weights;
import org.encore.graph.Model;
import org.encore.graph.Parameter;
import org.encore.graph.StateSpec;

/** The interpreter as a backend. Caches grow by copying; nothing is clever. */
public final class ReferenceBackend implements Backend<ReferenceBackend.Options>, Attentive {

    private static final int BYTES = Double.BYTES;

    /** The oracle has nothing to choose. */
    public record Options() {}

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    public Availability probe() {
        return new Availability.Present("plain Java, double precision");
    }

    @Override
    public String device() {
        return NO_HARDWARE;
    }

    @Override
    public List<AttentionMap> attention(Model model, Weights weights, int[] source, int[] target, BooleanSupplier stop) {
        return new AttentionMaps(model, source, target).compute(Reference.values(weights), stop);
    }

    @Override
    public LoadedModel load(Model model, Weights weights, Options options) {
        return new LoadedModel() {
            @Override
            public Generator generator(int rows, int tokens) {
                return new ReferenceGenerator(model, Reference.values(weights), rows, tokens);
            }

            @Override
            public Optional<HiddenStates> states() {
                return Optional.of(new ReferenceStates(model, Reference.values(weights)));
            }

            @Override
            public long weightBytes() {
                return model.parameters().stream().mapToLong(Parameter::size).sum() * BYTES;
            }

            @Override
            public long stateBytes(int rows, int tokens) {
                var sizes = java.util.Map.of("B", (long) rows, "S", (long) tokens, "T", 1L, "P", (long) tokens);
                long elements = 0;
                for (StateSpec state : model.state()) {
                    elements += Value.size(state.type().shape().evaluate(sizes));
                }
                return elements * BYTES;
            }

            @Override
            public void close() {
                // nothing outside the heap
            }
        };
    }
}
