package org.encore.experiment.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.encore.api.extension.Registry;
import org.encore.api.option.Binder;
import org.encore.api.option.ConfigNode;
import org.encore.api.option.Problems;
import org.encore.experiment.distil.OnPolicyOptions;
import org.encore.experiment.distil.OnPolicyShare;
import org.encore.experiment.yaml.YamlReader;
import org.junit.jupiter.api.Test;

/** How much a student learns from its own sequences, in the course of a training. */
class OnPolicyShareTest {

    private static OnPolicyShare share(String yaml) {
        var problems = new Problems();
        ConfigNode node = YamlReader.read("test.yaml", yaml, problems).orElseThrow();
        return new OnPolicyShare(new Binder(Registry.ofPlatform(), problems).bind(OnPolicyOptions.class, node, node.at()).orElseThrow());
    }

    @Test
    void aConstantShareStaysWhateverTheLossDoes() {
        OnPolicyShare share = share("{fraction: 0.5}");
        share.looked(1);
        share.looked(3);
        assertThat(share.now()).isEqualTo(0.5);
        assertThat(share.fresh(0.5, 90, 100, false)).isEqualTo(0.5);
    }

    /** phi: 0, and 0.1 more after each look whose loss is 0.1 above that of the look before. */
    @Test
    void anAdaptiveShareRisesWhenTheDevelopmentLossDoes() {
        OnPolicyShare share = share("{fraction: 0.25, adaptive: true}");
        assertThat(share.now()).isZero();
        share.looked(1);
        share.looked(1.05);
        assertThat(share.now()).as("a rise of 0.05 is none").isZero();
        share.looked(1.16);
        assertThat(share.now()).isEqualTo(0.1, within(1e-12));
        share.looked(0.5);
        share.looked(0.7);
        assertThat(share.now()).isEqualTo(0.2, within(1e-12));
        share.looked(9);
        assertThat(share.now()).as("no further than the fraction").isEqualTo(0.25);
    }

    /** phi (1 - t/T) once the buffer is full. */
    @Test
    void theLaterTheMoreIsUsedAgain() {
        OnPolicyShare share = share("{fraction: 0.8, replay: 1000}");
        assertThat(share.fresh(0.8, 25, 100, true)).isEqualTo(0.6, within(1e-12));
        assertThat(share.fresh(0.8, 100, 100, true)).isZero();
        assertThat(share.fresh(0.8, 25, 100, false)).as("until it is full all are drawn").isEqualTo(0.8);
    }
}
