package org.encore.experiment.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;

import org.encore.api.Unavailable;
import org.encore.api.architecture.Build;
import org.encore.api.device.Card;
import org.encore.api.device.Card.Precision;
import org.encore.api.device.Device;
import org.encore.api.device.Probe;
import org.encore.api.extension.Contribution;
import org.encore.api.extension.ExtensionPoint;
import org.encore.api.extension.Registry;
import org.encore.api.option.Choice;
import org.encore.api.option.Problems;
import org.encore.architectures.DecoderOnly;
import org.encore.architectures.EncoderDecoder;
import org.encore.cost.Roof;
import org.encore.cost.Scenario;
import org.encore.experiment.device.MachineLimits;
import org.encore.graph.Model;
import org.encore.modelled.CardFile;
import org.encore.modelled.Cards;
import org.encore.modelled.ModelError;
import org.encore.modelled.Modelled;
import org.encore.modelled.Prediction;
import org.encore.modelled.ThisMachine;
import org.junit.jupiter.api.Test;

class ModelledTest {

    private static final Model DEC = new DecoderOnly().build(new DecoderOnly().presets().get("paper-330m"), new Build("decoder-only", 32_128, 0));
    private static final Model ED = new EncoderDecoder().build(new EncoderDecoder().presets().get("paper-330m"), new Build("encoder-decoder", 32_128,
            0));
    private static final String PLAIN = """
            name: a machine
            kind: cpu
            peak: {fp32: 0.1, int8: 0.4}
            bandwidth: 20
            memory: 16
            usual: fp32
            sources: [made up for a test]
            """;

    private static Card card(String id) {
        Contribution<Device<?>> contribution = Registry.ofPlatform().find(ExtensionPoint.DEVICES, id);
        return Cards.of(new Choice<>(id, contribution.get(), new CardFile.Options()));
    }

    @Test
    void everyBuiltInCardNamesItsSourcesAndPredictsAtItsUsualPrecision() {
        for (String id : new String[] {"hexagon", "raspberry-pi-5", "phone-cpu", "jetson-orin-nano", "laptop-igpu", "h100"}) {
            Card card = card(id);
            assertThat(card.sources()).as(id).isNotEmpty();
            Prediction dec = Prediction.of(card, card.usual(), DEC, Scenario.LEAN, 512, 16);
            Prediction ed = Prediction.of(card, card.usual(), ED, Scenario.LEAN, 512, 16);
            assertThat(dec.perTokenMillis() / ed.perTokenMillis()).as(id + ": no device decodes more than three times faster").isBetween(1.9, 3.0);
            assertThat(dec.firstTokenMillis()).as(id).isPositive();
            assertThat(dec.bytes()).as(id).isBetween(320e6 * card.usual().weightBytes(), 400e6 * card.usual().weightBytes());
        }
    }

    /** Closed formulas: bytes of weights and caches over bandwidth, operations over peak. */
    @Test
    void aMachineWithoutOverheadsFollowsArithmetic() {
        Card card = Cards.read("card.yaml", PLAIN);
        Prediction dec = Prediction.of(card, Precision.FP32, DEC, Scenario.LEAN, 1024, 64);
        Prediction ed = Prediction.of(card, Precision.FP32, ED, Scenario.LEAN, 1024, 64);
        assertThat(dec.firstTokenMillis()).as("612 GFLOP at 100 GFLOP/s").isCloseTo(6130, within(30.0));
        assertThat(ed.firstTokenMillis() / dec.firstTokenMillis()).isCloseTo(0.707, within(0.005));
        assertThat(dec.firstBound()).isEqualTo(Roof.Bound.ARITHMETIC);
        assertThat(dec.perTokenMillis()).as("319.9M weights and 30 layers of caches in fp32 at 20 GB/s").isCloseTo((319.95e6
                + 2 * 192 * 30 * 1057.0) * 4 / 20e9 * 1e3, within(0.2));
        assertThat(dec.perTokenMillis() / ed.perTokenMillis()).isCloseTo(2.36, within(0.03));
        assertThat(dec.laterBound()).isEqualTo(Roof.Bound.MEMORY);
        assertThat(dec.stateBytes()).isEqualTo(2.0 * 192 * 30 * (1024 + 64) * 4);
        assertThat(dec.tokensPerSecond(64)).isCloseTo(64e3 / (dec.firstTokenMillis() + 63 * dec.perTokenMillis()), within(1e-9));
    }

    @Test
    void aDeviceWithFixedShapesShowsTheFirstTokenSavingOfThePaper() {
        Card npu = card("hexagon");
        Prediction dec = Prediction.of(npu, npu.usual(), DEC, Scenario.LEAN, 1024, 256);
        Prediction ed = Prediction.of(npu, npu.usual(), ED, Scenario.LEAN, 1024, 256);
        assertThat(dec.scenario().padded()).isTrue();
        assertThat(ed.firstTokenMillis() / dec.firstTokenMillis()).as("0.534 by operations alone, and the decoder's weights are read once")
                .isBetween(0.534, 0.62);
        assertThat(dec.perTokenMillis() / ed.perTokenMillis()).as("and nothing like 4.67").isLessThan(3);
    }

    @Test
    void overheadOfLaunchesTakesTheFirstTokenSavingAway() {
        Card slow = Cards.read("card.yaml", PLAIN.replace("fp32: 0.1", "fp32: 1000").replace("bandwidth: 20", "bandwidth: 20000") + "launch: 1000\n");
        Prediction dec = Prediction.of(slow, Precision.FP32, DEC, Scenario.LEAN, 64, 4);
        Prediction ed = Prediction.of(slow, Precision.FP32, ED, Scenario.LEAN, 64, 4);
        assertThat(dec.firstBound()).isEqualTo(Roof.Bound.LAUNCHES);
        assertThat(ed.firstTokenMillis()).isGreaterThan(dec.firstTokenMillis());
    }

    @Test
    void aWrongCardIsToldByFileAndLine() {
        assertThatThrownBy(() -> Cards.read("my.yaml", PLAIN.replace("bandwidth: 20",
                "bandwith: 20"))).isInstanceOf(Problems.InvalidConfiguration.class)
                .hasMessageContaining("my.yaml:4:1").hasMessageContaining("Did you mean 'bandwidth'?");
        assertThatThrownBy(() -> Cards.read("my.yaml", PLAIN.replace("[made up for a test]", "[]"))).hasMessageContaining("no source");
        Card card = Cards.read("card.yaml", PLAIN);
        assertThatThrownBy(() -> Prediction.of(card, Precision.FP16, DEC, Scenario.LEAN, 8, 4)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a machine has no peak in fp16").hasMessageContaining("usual precision is fp32");
    }

    @Test
    void aModelledNumberAlwaysSaysSoAndHowFarItMayBeOff() {
        assertThat(new Modelled(12.345, "ms", Optional.empty())).hasToString("modelled 12.3 ms (error not known: nothing like it was measured here)");
        assertThat(new Modelled(0.5, "ms", Optional.of(new ModelError(0.71, 0.6, 0.83, 6))).toString()).startsWith("modelled 0.50 ms (")
                .contains("0.71 times what is measured, 0.60 to 0.83, n = 6");
    }

    @Test
    void aGpuOfThisMachineIsACardOfItsOwnLimits() {
        var product = new MachineLimits.Reached("a", "cuda", Probe.Limit.FP32_PRODUCTS, 51e12, 51e12, 51e12, 51e12, 9, 0);
        var reading = new MachineLimits.Reached("b", "cuda", Probe.Limit.READ_BANDWIDTH, 3e12, 3e12, 3e12, 3e12, 9, 0);
        Card card = ThisMachine.of(new MachineLimits("here", "now", 2, List.of(product, reading)), "cuda");
        assertThat(card.operationsPerSecond(Card.Precision.FP32)).isEqualTo(51e12);
        assertThat(card.bytesPerSecond()).isEqualTo(3e12);
        assertThatThrownBy(() -> ThisMachine.of(new MachineLimits("here", "now", 2, List.of(product)), "cuda")).isInstanceOf(Unavailable.class)
                .hasMessageContaining("the limits of cuda on this machine were never measured");
    }
}
