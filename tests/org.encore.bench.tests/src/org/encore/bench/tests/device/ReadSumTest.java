package org.encore.bench.tests.device;

import static org.assertj.core.api.Assertions.assertThat;

import org.encore.api.device.Probe;
import org.encore.bench.device.ReadSum;
import org.junit.jupiter.api.Test;

class ReadSumTest {

    @Test
    void itReadsMemoryWithAnyNumberOfThreads() {
        for (int threads : new int[] {1, 3}) {
            try (Probe.Attempts attempts = new ReadSum().open(threads)) {
                // no memory reads a terabyte per second through one port, and none so little as a megabyte
                assertThat(attempts.once()).isBetween(1e6, 1e13);
                assertThat(attempts.once()).isBetween(1e6, 1e13);
            }
        }
    }
}
