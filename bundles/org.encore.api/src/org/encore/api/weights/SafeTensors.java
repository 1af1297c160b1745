package org.encore.api.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

/**
 * Tensors in the safetensors format: eight bytes of header length, a JSON header, the elements. A file appears whole or not at all.
 *
 * @param weights fp32 tensors
 * @param metadata name to text
 */
public record SafeTensors(Weights weights, Map<String, String> metadata) {

    private static final String METADATA = "__metadata__";
    private static final int LONGEST_HEADER = 100_000_000;
    private static final Gson GSON = new Gson();

    /**
     * Writes beside the file, flushes to the device, then renames over it.
     *
     * @throws IOException if there is no room or no right to write; the old file is then untouched
     */
    public static void write(Path file, Weights weights, Map<String, String> metadata) throws IOException {
        var header = new JsonObject();
        header.add(METADATA, GSON.toJsonTree(metadata));
        long offset = 0;
        for (var tensor : weights.tensors().entrySet()) {
            long end = offset + 4L * tensor.getValue().data().limit();
            var entry = new JsonObject();
            entry.addProperty("dtype", "F32");
            entry.add("shape", GSON.toJsonTree(tensor.getValue().shape()));
            entry.add("data_offsets", GSON.toJsonTree(new long[] {offset, end}));
            header.add(tensor.getKey(), entry);
            offset = end;
        }
        StringBuilder text = new StringBuilder(GSON.toJson(header));
        while (text.toString().getBytes(StandardCharsets.UTF_8).length % 8 != 0) {
            text.append(' ');
        }
        byte[] json = text.toString().getBytes(StandardCharsets.UTF_8);
        Path beside = file.resolveSibling("." + file.getFileName() + ".partial");
        try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            write(channel, ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).flip());
            write(channel, ByteBuffer.wrap(json));
            for (Weights.Values values : weights.tensors().values()) {
                writeElements(channel, values);
            }
            channel.force(true);
        } catch (IOException e) {
            Files.deleteIfExists(beside);
            throw new IOException("cannot write " + file + " (" + (offset + json.length + 8) + " bytes): " + e.getMessage(), e);
        }
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void writeElements(FileChannel channel, Weights.Values values) throws IOException {
        var source = values.data().duplicate().rewind();
        var chunk = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
        while (source.hasRemaining()) {
            chunk.clear();
            while (chunk.hasRemaining() && source.hasRemaining()) {
                chunk.putFloat(source.get());
            }
            write(channel, chunk.flip());
        }
    }

    private static void write(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /**
     * Reads a file of fp32, fp16 or bf16 tensors; all become fp32.
     *
     * @throws IOException if it is missing, cut off or no such file; the message names the file, what is wrong and what to do
     */
    public static SafeTensors read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            if (size < 8) {
                throw damaged(file, "it has only " + size + " bytes");
            }
            long length = read(channel, 0, 8).order(ByteOrder.LITTLE_ENDIAN).getLong();
            if (length < 2 || length > Math.min(size - 8, LONGEST_HEADER)) {
                throw damaged(file, "its header claims " + length + " bytes of " + size);
            }
            String json = StandardCharsets.UTF_8.decode(read(channel, 8, (int) length)).toString();
            return tensors(file, channel, GSON.fromJson(json, JsonObject.class), 8 + length, size);
        } catch (RuntimeException e) {
            // whatever the JSON library makes of nonsense, and sizes that overflow; what it says goes on with its help page
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw damaged(file, "its header is not readable: " + String.valueOf(cause.getMessage()).lines().findFirst().orElse("no JSON"));
        }
    }

    private static SafeTensors tensors(Path file, FileChannel channel, JsonObject header, long base, long size) throws IOException {
        var metadata = new LinkedHashMap<String, String>();
        var tensors = new LinkedHashMap<String, Weights.Values>();
        for (Map.Entry<String, JsonElement> entry : header.entrySet()) {
            JsonObject object = entry.getValue().getAsJsonObject();
            if (entry.getKey().equals(METADATA)) {
                object.entrySet().forEach(item -> metadata.put(item.getKey(), item.getValue().getAsString()));
                continue;
            }
            String type = object.get("dtype").getAsString();
            int bytes = switch (type) {
                case "F32" -> 4;
                case "F16", "BF16" -> 2;
                default -> throw damaged(file, "tensor " + entry.getKey() + " is " + type + ", only F32, F16 and BF16 are read");
            };
            JsonArray offsets = object.getAsJsonArray("data_offsets");
            long start = offsets.get(0).getAsLong();
            long end = offsets.get(1).getAsLong();
            long[] shape = GSON.fromJson(object.get("shape"), long[].class);
            long elements = java.util.Arrays.stream(shape).reduce(1, Math::multiplyExact);
            if (start < 0 || end < start || base + end > size || end - start != bytes * elements) {
                throw damaged(file, "tensor " + entry.getKey() + " should end at byte " + (base + end) + " of " + size + ": the file is cut off");
            }
            ByteBuffer data = read(channel, base + start, Math.toIntExact(end - start)).order(ByteOrder.LITTLE_ENDIAN);
            tensors.put(entry.getKey(), new Weights.Values(shape, switch (type) {
                case "F16" -> halves(data, false);
                case "BF16" -> halves(data, true);
                default -> data.asFloatBuffer();
            }));
        }
        return new SafeTensors(new Weights(tensors), metadata);
    }

    private static FloatBuffer halves(ByteBuffer data, boolean brain) {
        var floats = FloatBuffer.allocate(data.remaining() / 2);
        for (int i = 0; i < floats.capacity(); i++) {
            short half = data.getShort(2 * i);
            floats.put(i, brain ? Float.intBitsToFloat(half << 16) : Float.float16ToFloat(half));
        }
        return floats;
    }

    private static ByteBuffer read(FileChannel channel, long position, int length) throws IOException {
        var bytes = ByteBuffer.allocateDirect(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, position + bytes.position()) < 0) {
                throw new IOException("unexpected end of file");
            }
        }
        return bytes.flip();
    }

    private static IOException damaged(Path file, String why) {
        return new IOException(file + " is no whole safetensors file: " + why + ". Delete it, or copy it again.");
    }
}
