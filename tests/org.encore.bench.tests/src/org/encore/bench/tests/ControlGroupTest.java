package org.encore.bench.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.encore.bench.ControlGroup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlGroupTest {

    @TempDir
    private Path folder;

    private ControlGroup group(String membership) throws IOException {
        write("cgroup", membership);
        return new ControlGroup(folder.resolve("cgroup"), folder.resolve("sys"));
    }

    private void write(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text + "\n");
    }

    @Test
    void theTightestLimitOfAllGroupsAroundCounts() throws IOException {
        write("sys/slurm/cpu.max", "150000 100000");
        write("sys/slurm/job/cpu.max", "400000 100000");
        write("sys/slurm/job/step/cpu.max", "max 100000");
        write("sys/slurm/memory.max", "8589934592");
        write("sys/slurm/job/memory.max", "4294967296");
        write("sys/slurm/job/step/memory.max", "max");
        ControlGroup group = group("0::/slurm/job/step");
        assertThat(group.cores()).hasValue(1.5);
        assertThat(group.memoryBytes()).hasValue(4L << 30);
    }

    @Test
    void groupsOfVersionOneAreReadToo() throws IOException {
        write("sys/cpu/docker/cpu.cfs_quota_us", "200000");
        write("sys/cpu/docker/cpu.cfs_period_us", "100000");
        write("sys/memory/memory.limit_in_bytes", "9223372036854771712");
        write("sys/memory/docker/memory.limit_in_bytes", "1073741824");
        ControlGroup group = group("5:cpu,cpuacct:/docker\n4:memory:/docker\n0::/");
        assertThat(group.cores()).hasValue(2);
        assertThat(group.memoryBytes()).hasValue(1L << 30);
    }

    @Test
    void noLimitIsNoLimit() throws IOException {
        write("sys/cpu/cpu.cfs_quota_us", "-1");
        write("sys/cpu/cpu.cfs_period_us", "100000");
        write("sys/memory/memory.limit_in_bytes", "9223372036854771712");
        ControlGroup group = group("5:cpu:/\n4:memory:/");
        assertThat(group.cores()).isEmpty();
        assertThat(group.memoryBytes()).isEmpty();
    }

    @Test
    void withoutControlGroupsThereIsNoLimit() {
        var group = new ControlGroup(folder.resolve("none"), folder.resolve("nowhere"));
        assertThat(group.cores()).isEmpty();
        assertThat(group.memoryBytes()).isEmpty();
    }

    /** A container sees groups of its host by names that lie outside of what is mounted. */
    @Test
    void aGroupOutsideOfTheMountIsNotFollowed() throws IOException {
        write("cpu.max", "100000 100000");
        assertThat(group("0::/../outside").cores()).isEmpty();
    }
}
