package org.encore.experiment.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.encore.bench.device.EnergyCounters;
import org.encore.experiment.distil.TeacherEnergy;
import org.encore.experiment.distil.TeacherEnergy.Reading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a teacher takes, from counters in files as Linux shows them. */
class TeacherEnergyTest {

    @TempDir
    private Path folder;

    private EnergyCounters counting(long microjoules) throws IOException {
        Path zone = Files.createDirectories(folder.resolve("sys/class/powercap/intel-rapl:0"));
        Files.writeString(zone.resolve("name"), "package-0\n");
        Files.writeString(zone.resolve("energy_uj"), microjoules + "\n");
        return EnergyCounters.of(folder.resolve("sys"));
    }

    @Test
    void allAttemptsAreCountedAndWhatLiesBetweenThemIsNot() throws IOException {
        TeacherEnergy killed = TeacherEnergy.begin(counting(1_000_000), folder);
        counting(3_500_000);
        killed.lap();
        counting(9_000_000);   // after it was killed, somebody else
        TeacherEnergy again = TeacherEnergy.begin(counting(50_000_000), folder);
        counting(51_000_000);
        again.lap();
        counting(51_250_000);
        Path output = Files.createDirectories(folder.resolve("output"));
        again.finish(output);
        assertThat(Reading.read(output).known()).hasValue(2.5 + 1.25);
        assertThat(Reading.read(output).counters()).containsExactly("package-0");
    }

    @Test
    void whatIsNotKnownSaysWhy() throws IOException {
        TeacherEnergy none = TeacherEnergy.begin(EnergyCounters.of(folder.resolve("sys")), folder);
        none.finish(folder);
        assertThat(Reading.read(folder).known()).isEmpty();
        assertThat(Reading.read(folder).missing()).isEqualTo("this system shows no energy counters");
        assertThat(Reading.read(folder.resolve("of an older version")).missing()).isEqualTo("it was not counted");
        Files.writeString(folder.resolve("energy.json"), "{\"joules\": \"many\", \"counters\": [], \"missing\": \"\"}");
        assertThatThrownBy(() -> Reading.read(folder)).hasMessageContaining("energy.json is damaged");
    }

    @Test
    void aCounterThatGoesAwayMakesTheSumUnknown() throws IOException {
        TeacherEnergy energy = TeacherEnergy.begin(counting(5), folder.resolve("."));
        Files.delete(folder.resolve("sys/class/powercap/intel-rapl:0/energy_uj"));
        energy.finish(folder);
        assertThat(Reading.read(folder).missing()).isEqualTo("a counter could no longer be read");
    }
}
