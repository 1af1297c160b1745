package org.encore.oracle.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.assertj.core.api.AbstractThrowableAssert;
import org.encore.api.architecture.Architecture;
import org.encore.api.architecture.Attend;
import org.encore.api.architecture.Block;
import org.encore.api.architecture.Build;
import org.encore.api.architecture.Layer;
import org.encore.architectures.EncoderDecoder;
import org.encore.graph.DType;
import org.encore.graph.Dim;
import org.encore.graph.Model;
import org.encore.graph.Shape;
import org.encore.graph.Tensor;
import org.encore.onnx.OrtCpu;
import org.encore.testing.ArchitectureLaws;
import org.encore.testing.Law;
import org.encore.torch.TorchTrainer;
import org.junit.jupiter.api.Test;

/** The laws hold for what is right, and notice what authors of architectures easily get wrong: each mistake is made here on purpose. */
class ArchitectureLawsTest {

    private static final Block BLOCK = new Block(12, 2, 1, 8, Block.Mlp.GELU, 2, true, true, 10000, false, 0.1);

    record Options(Block block) {}

    /** A decoder whose layers are given. */
    private abstract static class Causal implements Architecture<Options> {

        abstract Tensor layer(Layer layer, Tensor xBTD);

        @Override
        public Class<Options> optionsType() {
            return Options.class;
        }

        @Override
        public Model build(Options options, Build build) {
            return build.causal(build.layers("decoder", 1, options.block(), this::layer));
        }

        @Override
        public Options atWidth(Options options, int width) {
            return new Options(options.block().withWidth(width));
        }
    }

    @Test
    void theyHoldForABuiltInArchitecture() {
        var architecture = new EncoderDecoder();
        var options = new EncoderDecoder.Options(2, 1, BLOCK);
        ArchitectureLaws.check(architecture, options);
        ArchitectureLaws.on(new OrtCpu(), new OrtCpu.Options(1), architecture, options).forEach(Law::check);
        ArchitectureLaws.in(new TorchTrainer(), new TorchTrainer.Options(), architecture, options).forEach(Law::check);
    }

    @Test
    void aLayerThatLooksAheadIsNoticed() {
        assertThatBroken(new Causal() {
            @Override
            Tensor layer(Layer layer, Tensor xBTD) {
                return layer.attention("self", xBTD, Attend.bidirectional());
            }
        }, "training is a prefill followed by steps").hasMessageContaining("target position").hasMessageContaining("Layer.recurrent?");
    }

    @Test
    void aLayerThatRemembersBesideTheStateIsNoticed() {
        assertThatBroken(new Causal() {
            @Override
            Tensor layer(Layer layer, Tensor xBTD) {
                return xBTD.plus(xBTD.sum(1)); // over whatever tokens a program happens to see
            }
        }, "training is a prefill followed by steps").hasMessageContaining("generation gives");
    }

    @Test
    void aLayerThatReadsPaddingIsNoticed() {
        assertThatBroken(new Causal() {
            @Override
            Tensor layer(Layer layer, Tensor xBTD) {
                return xBTD.plus(xBTD.slice(1, xBTD.shape().get(1).minus(Dim.of(1)), xBTD.shape().get(1)));
            }
        }, "padding changes nothing").hasMessageContaining("differs from the same row alone").hasMessageContaining("Layer.lengths");
    }

    @Test
    void anArchitectureThatIsNeverTheSameTwiceIsNoticed() {
        var count = new AtomicInteger();
        assertThatBroken(new Causal() {
            @Override
            Tensor layer(Layer layer, Tensor xBTD) {
                return xBTD.plus(layer.graph().constant(count.getAndIncrement(), DType.FLOAT, Shape.SCALAR));
            }
        }, "equal options give equal models").hasMessageContaining("Does it depend on something beside its options?");
    }

    @Test
    void anArchitectureThatCannotBeMatchedIsNoticed() {
        assertThatBroken(new Causal() {
            @Override
            Tensor layer(Layer layer, Tensor xBTD) {
                return layer.mlp("mlp", xBTD);
            }

            @Override
            public Options atWidth(Options options, int width) {
                return options;
            }
        }, "another width changes sizes, not names").hasMessageContaining("Matching could not make it equal to others.");
    }

    private static AbstractThrowableAssert<?, ?> assertThatBroken(Architecture<Options> architecture, String name) {
        List<Law> laws = ArchitectureLaws.of(architecture, new Options(BLOCK));
        assertThatCode(() -> ArchitectureLaws.check(architecture, new Options(BLOCK))).isInstanceOf(AssertionError.class);
        assertThat(laws.stream().map(Law::name)).contains(name);
        return assertThatThrownBy(() -> laws.stream().filter(law -> law.name().equals(name)).forEach(Law::check)).isInstanceOf(AssertionError.class);
    }
}
