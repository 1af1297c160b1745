package org.encore.api.tests;

import static org.assertj.core.api.Assertions.assertThat;

import org.encore.api.Counted;
import org.junit.jupiter.api.Test;

class CountedTest {

    @Test
    void oneModelIsOneModel() {
        assertThat(Counted.of(1, "model")).isEqualTo("1 model");
        assertThat(Counted.of(2, "model")).isEqualTo("2 models");
        assertThat(Counted.of(0, "seed")).isEqualTo("0 seeds");
        assertThat(Counted.of(12_345, "more row")).isEqualTo("12,345 more rows");
    }
}
