package org.encore.bench.tests.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.encore.api.Availability;
import org.encore.bench.ControlGroup;
import org.encore.bench.device.Hardware;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HardwareTest {

    @TempDir
    private Path folder;

    private void write(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private Hardware hardware() {
        return Hardware.of(folder.resolve("proc"), folder.resolve("sys"), new ControlGroup(folder.resolve("proc/self/cgroup"),
                folder.resolve("group")));
    }

    @Test
    void aServerWithTwoSocketsInAContainerIsToldAsItIs() throws IOException {
        write("proc/cpuinfo", "processor\t: 0\nmodel name\t: Fast One\n\n".repeat(64));
        write("proc/self/status", "Name:\tjava\nCpus_allowed_list:\t0-3,8\n");
        write("proc/self/cgroup", "0::/job\n");
        write("group/job/cpu.max", "250000 100000\n");
        write("group/job/memory.max", "2147483648\n");
        write("proc/meminfo", "MemTotal:       16777216 kB\nMemFree: 1 kB\nMemAvailable:    8388608 kB\n");
        write("sys/devices/system/cpu/cpu0/cache/index0/level", "1\n");
        write("sys/devices/system/cpu/cpu0/cache/index0/type", "Data\n");
        write("sys/devices/system/cpu/cpu0/cache/index0/size", "48K\n");
        write("sys/devices/system/cpu/cpu0/cache/index1/level", "1\n");
        write("sys/devices/system/cpu/cpu0/cache/index1/type", "Instruction\n");
        write("sys/devices/system/cpu/cpu0/cache/index1/size", "32K\n");
        write("sys/devices/system/node/node0/cpulist", "0-31\n");
        write("sys/devices/system/node/node1/cpulist", "32-63\n");
        write("sys/class/powercap/intel-rapl:0/name", "package-0\n");
        write("sys/class/powercap/intel-rapl:0/energy_uj", "12345\n");
        Hardware hardware = hardware();
        assertThat(hardware.processor()).isEqualTo("Fast One");
        assertThat(hardware.machineThreads()).isEqualTo(64);
        assertThat(hardware.affinity()).isEqualTo("0-3,8");
        assertThat(hardware.groupCores()).hasValue(2.5);
        assertThat(hardware.memoryBytes()).isEqualTo(16L << 30);
        assertThat(hardware.usableBytes()).isEqualTo(2L << 30);
        assertThat(hardware.availableBytes()).hasValue(8L << 30);
        assertThat(hardware.caches()).containsExactly("L1 48K");
        assertThat(hardware.nodes()).containsExactly(new Hardware.Node(0, "0-31"), new Hardware.Node(1, "32-63"));
        assertThat(hardware.energy()).containsExactly(new Hardware.Counter("package-0", new Availability.Present("readable, at 12345 µJ")));
    }

    @Test
    void aSystemThatTellsNothingIsNoError() {
        Hardware hardware = hardware();
        assertThat(hardware.processor()).isEqualTo("unknown");
        assertThat(hardware.machineThreads()).isEqualTo(hardware.threads());
        assertThat(hardware.groupCores()).isEmpty();
        assertThat(hardware.nodes()).isEmpty();
        assertThat(hardware.energy()).singleElement().satisfies(counter -> assertThat(counter.availability().words())
                .contains("shows no energy counters").contains("modprobe"));
    }

    @Test
    void thisMachineIsAllowedAtLeastOneThreadAndSomeMemory() {
        Hardware here = Hardware.here();
        assertThat(here.threads()).isPositive().isLessThanOrEqualTo(here.machineThreads());
        assertThat(here.usableBytes()).isGreaterThan(100_000_000);
    }
}
