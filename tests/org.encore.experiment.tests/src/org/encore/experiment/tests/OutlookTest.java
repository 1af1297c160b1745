package org.encore.experiment.tests;

import static org.assertj.core.api.Assertions.assertThat;

import org.encore.experiment.process.Outlook;
import org.junit.jupiter.api.Test;

class OutlookTest {

    @Test
    void oneModelIsOneModel() {
        assertThat(Outlook.several(1, "model")).isEqualTo("1 model");
        assertThat(Outlook.several(2, "model")).isEqualTo("2 models");
        assertThat(Outlook.several(0, "seed")).isEqualTo("0 seeds");
    }
}
