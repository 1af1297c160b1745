package org.encore.bench.tests.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.encore.bench.device.EnergyCounters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Counters as Linux shows them, in files. */
class EnergyCountersTest {

    @TempDir
    private Path sys;

    private void zone(String folder, String name, long microjoules) throws IOException {
        Path zone = Files.createDirectories(sys.resolve("class/powercap").resolve(folder));
        Files.writeString(zone.resolve("name"), name + "\n");
        Files.writeString(zone.resolve("energy_uj"), microjoules + "\n");
        Files.writeString(zone.resolve("max_energy_range_uj"), "262143328850\n");
    }

    private void server(long package0, long core, long dram, long package1) throws IOException {
        Files.createDirectories(sys.resolve("class/powercap/intel-rapl"));
        zone("intel-rapl:0", "package-0", package0);
        zone("intel-rapl:0:0", "core", core);
        zone("intel-rapl:0:1", "dram", dram);
        zone("intel-rapl:1", "package-1", package1);
        zone("intel-rapl:2", "psys", 9 * package0);
        zone("intel-rapl-mmio:0", "package-0", package0);
    }

    @Test
    void packagesAndTheMemoryBesideThemAreCountedOnce() throws IOException {
        server(1_000_000, 5, 7_000_000, 100);
        EnergyCounters counters = EnergyCounters.of(sys);
        assertThat(counters.names()).containsExactly("package-0", "dram", "package-1");
        assertThat(counters.missing()).isEmpty();
        assertThat(counters.lap()).hasValue(0);
        server(4_500_000, 3_000_000, 7_250_000, 1_000_100);
        assertThat(counters.lap()).as("3.5 J, 0.25 J and 1 J").hasValue(4.75);
        assertThat(counters.lap()).as("since the call before").hasValue(0);
    }

    @Test
    void aCounterThatBeginsAgainGoesOn() throws IOException {
        zone("intel-rapl:0", "package-0", 262_143_000_000L);
        EnergyCounters counters = EnergyCounters.of(sys);
        zone("intel-rapl:0", "package-0", 1_671_150);
        assertThat(counters.lap()).hasValue(2);
    }

    @Test
    void whereNothingCanBeReadItSaysWhyInAFewWords() throws IOException {
        assertThat(EnergyCounters.of(sys).missing()).isEqualTo("this system shows no energy counters");
        assertThat(EnergyCounters.of(sys).lap()).isEmpty();
        zone("intel-rapl:0:0", "core", 5);
        assertThat(EnergyCounters.of(sys).missing()).as("a part of a package is none").isEqualTo("this system shows no energy counters");
        Path zone = Files.createDirectories(sys.resolve("class/powercap/intel-rapl:0"));
        Files.writeString(zone.resolve("name"), "package-0");
        Files.createDirectories(zone.resolve("energy_uj"));   // is there and cannot be read, whoever runs this test
        assertThat(EnergyCounters.of(sys).missing()).startsWith("its counters may be read by root only (sudo chmod a+r ").endsWith("intel-rapl:0/energy_uj)");
        assertThat(EnergyCounters.of(sys).names()).isEmpty();
    }

    @Test
    void aCounterThatGoesAwayCountsNothing() throws IOException {
        zone("intel-rapl:0", "package-0", 5);
        EnergyCounters counters = EnergyCounters.of(sys);
        Files.delete(sys.resolve("class/powercap/intel-rapl:0/energy_uj"));
        assertThat(counters.lap()).isEmpty();
    }
}
