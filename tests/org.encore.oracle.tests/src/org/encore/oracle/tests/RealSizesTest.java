package org.encore.oracle.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import org.encore.api.architecture.Block;
import org.encore.api.architecture.Build;
import org.encore.api.inference.Generator;
import org.encore.api.inference.LoadedModel;
import org.encore.api.weights.Weights;
import org.encore.architectures.DecoderOnly;
import org.encore.architectures.EncoderDecoder;
import org.encore.graph.Model;
import org.encore.graph.Parameter;
import org.encore.onnx.OrtCpu;
import org.encore.onnx.runtime.Room;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models of a size at which memory decides: estimated before they are made, and timed without being drawn. */
class RealSizesTest {

    private static Model decoderOnly(int width, int layers) {
        var block = new Block(width, 16, 8, width / 16, Block.Mlp.SWIGLU, 8.0 / 3, false, true, 10000, false, 0);
        return new DecoderOnly().build(new DecoderOnly.Options(layers, DecoderOnly.Prefix.CAUSAL, block), new Build("decoder-only", 32_128, 1));
    }

    @Test
    void thePaperPresetHasThePapersParameters() {
        Model model = new EncoderDecoder().build(new EncoderDecoder().presets().get("paper-330m"), new Build("encoder-decoder", 32_128, 1));
        assertThat(model.parameterCount()).isEqualTo(332_042_240);
        Weights weights = Weights.standIn(model, 1);
        assertThat(weights.tensors()).hasSize(model.parameters().size());
        Parameter embedding = model.parameters().stream().filter(p -> p.name().equals("embedding")).findFirst().orElseThrow();
        float[] values = weights.of(embedding).toArray();
        assertThat(values).hasSize(32_128 * 1024);
        double mean = 0;
        double square = 0;
        for (float value : values) {
            mean += value / values.length;
            square += (double) value * value / values.length;
        }
        assertThat(mean).isBetween(-0.001, 0.001);
        assertThat(Math.sqrt(square)).isBetween(0.0195, 0.0205);
        assertThat(Arrays.copyOf(values, 100)).isNotEqualTo(weights.of(model.parameters().get(1)).toArray());
    }

    @Test
    void aModelOfStandInsGenerates() {
        Model model = decoderOnly(128, 2);
        try (LoadedModel loaded = new OrtCpu().load(model, Weights.standIn(model, 1), new OrtCpu.Options(1)); Generator generator = loaded.generator(1, 20)) {
            int first = generator.start(new int[][] {{5, 6, 7}}).argMax(0);
            assertThat(Float.isFinite(generator.next(new int[] {first}).get(0, 0))).isTrue();
        }
    }

    @Test
    void aModelLargerThanMemoryIsRefusedBeforeItIsMade() {
        Model model = decoderOnly(8_192, 400); // over 1 TB
        assertThatThrownBy(() -> new OrtCpu().load(model, Weights.standIn(model, 1), new OrtCpu.Options(1))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("decoder-only of ").hasMessageContaining("parameters needs about").hasMessageContaining("GB left")
                .hasMessageContaining("Quantise it");
    }

    @Test
    void aMatrixLargerThanABufferIsNamed() {
        var block = new Block(32_768, 16, 8, 64, Block.Mlp.GELU, 0.01, false, true, 10000, false, 0);
        Model model = new DecoderOnly().build(new DecoderOnly.Options(1, DecoderOnly.Prefix.CAUSAL, block), new Build("decoder-only", 32_128, 1));
        assertThatThrownBy(() -> new OrtCpu().load(model, Weights.standIn(model, 1), new OrtCpu.Options(1))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("embedding").hasMessageContaining("4.2 GB").hasMessageContaining("2.1 GB");
    }

    @Test
    void aCacheLargerThanABufferIsRefusedWithBothNumbers() {
        Model model = decoderOnly(128, 1);
        try (LoadedModel loaded = new OrtCpu().load(model, Weights.standIn(model, 1), new OrtCpu.Options(1))) {
            assertThatThrownBy(() -> loaded.generator(64, 1 << 20)).hasMessageContaining("17.2 GB").hasMessageContaining("2.1 GB");
        }
    }

    @Test
    void roomIsWhatTheMachineOrAControlGroupHasLeft(@TempDir Path root) throws IOException {
        write(root, "proc/meminfo", List.of("MemTotal: 100 kB", "MemAvailable:    8000000 kB"));
        assertThat(Room.of(root)).isEqualTo(new Room(8_192_000_000L, "this machine"));
        write(root, "proc/self/cgroup", List.of("0::/jobs/one"));
        write(root, "sys/fs/cgroup/jobs/one/memory.max", List.of("max"));
        write(root, "sys/fs/cgroup/jobs/memory.max", List.of("4000000000"));
        write(root, "sys/fs/cgroup/jobs/memory.current", List.of("1500000000"));
        write(root, "sys/fs/cgroup/jobs/memory.stat", List.of("anon 5", "inactive_file 500000000"));
        assertThat(Room.of(root)).isEqualTo(new Room(3_000_000_000L, "control group /jobs"));
        write(root, "proc/self/cgroup", List.of("7:cpu:/x", "5:memory:/old"));
        write(root, "sys/fs/cgroup/memory/old/memory.limit_in_bytes", List.of("2000000000"));
        write(root, "sys/fs/cgroup/memory/old/memory.usage_in_bytes", List.of("1900000000"));
        assertThat(Room.of(root)).isEqualTo(new Room(100_000_000L, "control group /old"));
    }

    private static void write(Path root, String name, List<String> lines) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, lines);
    }
}
