package org.encore.api.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

import org.encore.api.weights.SafeTensors;
import org.encore.api.weights.Weights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafeTensorsTest {

    @TempDir
    Path folder;

    private static Weights weights(float first) {
        var tensors = new LinkedHashMap<String, Weights.Values>();
        tensors.put("decoder.0.self.q.weight", new Weights.Values(new long[] {2, 3}, FloatBuffer.wrap(new float[] {first, 2, 3, 4, 5, Float.MIN_VALUE})));
        tensors.put("gate", new Weights.Values(new long[] {}, FloatBuffer.wrap(new float[] {-0.0f})));
        return new Weights(tensors);
    }

    @Test
    void whatIsWrittenIsReadBitForBit() throws IOException {
        Path file = folder.resolve("model.safetensors");
        SafeTensors.write(file, weights(1), Map.of("step", "12"));
        SafeTensors read = SafeTensors.read(file);
        assertThat(read.metadata()).containsEntry("step", "12");
        assertThat(read.weights().tensors().keySet()).containsExactlyElementsOf(weights(1).tensors().keySet());
        weights(1).tensors().forEach((name, values) -> {
            assertThat(read.weights().tensors().get(name).shape()).isEqualTo(values.shape());
            assertThat(read.weights().tensors().get(name).toArray()).isEqualTo(values.toArray());
        });
    }

    @Test
    void theFileHasTheLayoutThatOtherReadersExpect() throws IOException {
        Path file = folder.resolve("model.safetensors");
        SafeTensors.write(file, weights(1), Map.of());
        byte[] bytes = Files.readAllBytes(file);
        long header = java.nio.ByteBuffer.wrap(bytes).order(java.nio.ByteOrder.LITTLE_ENDIAN).getLong();
        assertThat(header % 8).isZero();
        assertThat(bytes).hasSize((int) (8 + header + 7 * 4));
        assertThat(new String(bytes, 8, (int) header)).startsWith("{\"__metadata__\":{}").contains("\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,24]");
    }

    @Test
    void aFileCutOffAnywhereIsNamedAndNeverRead() throws IOException {
        Path file = folder.resolve("model.safetensors");
        SafeTensors.write(file, weights(1), Map.of());
        byte[] bytes = Files.readAllBytes(file);
        for (int length = 0; length < bytes.length; length++) {
            Path cut = folder.resolve("cut.safetensors");
            Files.write(cut, java.util.Arrays.copyOf(bytes, length));
            assertThatThrownBy(() -> SafeTensors.read(cut)).isInstanceOf(IOException.class).hasMessageContaining("cut.safetensors");
        }
    }

    @Test
    void garbageIsNamedAndNeverRead() throws IOException {
        Path file = folder.resolve("garbage.safetensors");
        var random = new java.util.Random(7);
        for (int i = 0; i < 200; i++) {
            byte[] bytes = new byte[8 + random.nextInt(300)];
            random.nextBytes(bytes);
            if (i % 2 == 0) {
                java.nio.ByteBuffer.wrap(bytes).order(java.nio.ByteOrder.LITTLE_ENDIAN).putLong(bytes.length - 8L);
            }
            Files.write(file, bytes);
            assertThatThrownBy(() -> SafeTensors.read(file)).isInstanceOf(IOException.class).hasMessageContaining("garbage.safetensors");
        }
    }

    @Test
    void aFailedWriteLeavesTheOldFileWhole() throws IOException {
        Path file = folder.resolve("model.safetensors");
        SafeTensors.write(file, weights(1), Map.of());
        Files.createDirectory(folder.resolve(".model.safetensors.partial")); // nothing can be written there now
        assertThatThrownBy(() -> SafeTensors.write(file, weights(9), Map.of())).isInstanceOf(IOException.class).hasMessageContaining("cannot write");
        assertThat(SafeTensors.read(file).weights().tensors().get("decoder.0.self.q.weight").toArray()[0]).isEqualTo(1);
    }
}
