package org.encore.distill.cache;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

import org.encore.api.training.Guidance;
import org.encore.distill.cache.CacheHeader.Identity;
import org.encore.distill.cache.CacheHeader.Part;

import org.jspecify.annotations.Nullable;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;

/**
 * Writes a cache part by part. What is written is safe: a writer that comes after a kill goes on behind the last part that is whole, and the file
 * becomes the same, bit for bit.
 */
public final class CacheWriter implements AutoCloseable {

    static final String NUMBERS = "teacher.topk";
    static final String HEADER = "teacher.json";
    private static final String PROGRESS = "teacher.parts";
    private static final Gson LINE = new Gson();

    private final Path folder;
    private final Identity identity;
    private final FileChannel numbers;
    private final List<Part> parts = new ArrayList<>();
    private double seconds;
    private long tokens;

    /** What is known of a part, a line in the file of progress. */
    private record Line(Identity identity, Part part, double seconds, long tokens) {}

    private CacheWriter(Path folder, Identity identity) throws IOException {
        this.folder = folder;
        this.identity = identity;
        this.numbers = FileChannel.open(folder.resolve(NUMBERS), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** Begins a cache, or goes on with the one that is in the folder if it is of the same identity and whole up to some part. */
    public static CacheWriter open(Path folder, Identity identity) throws IOException {
        var writer = new CacheWriter(folder, identity);
        try {
            writer.resume();
            return writer;
        } catch (IOException | RuntimeException e) {
            writer.close();
            throw e;
        }
    }

    private void resume() throws IOException {
        Path progress = folder.resolve(PROGRESS);
        var kept = new ArrayList<String>();
        long end = 0;
        for (String text : Files.exists(progress) ? Files.readAllLines(progress) : List.<String>of()) {
            Line line = line(text);
            if (line == null || !line.identity().equals(identity) || !isWhole(line.part(), end)) {
                break;
            }
            end += line.part().positions() * identity.bytesPerPosition();
            parts.add(line.part());
            seconds += line.seconds();
            tokens += line.tokens();
            kept.add(text);
        }
        numbers.truncate(end);
        numbers.position(end);
        Files.write(progress, kept);
    }

    private static @Nullable Line line(String text) {
        try {
            return LINE.fromJson(text, Line.class);
        } catch (JsonParseException e) {
            return null; // half a line: the process was killed while it wrote
        }
    }

    private boolean isWhole(Part part, long start) throws IOException {
        long bytes = part.positions() * identity.bytesPerPosition();
        if (start + bytes > numbers.size()) {
            return false;
        }
        var buffer = ByteBuffer.allocate(Math.toIntExact(bytes));
        while (buffer.hasRemaining() && numbers.read(buffer, start + buffer.position()) > 0) {
            // until all is there
        }
        return checksum(buffer.flip()) == part.checksum();
    }

    static long checksum(ByteBuffer bytes) {
        var checksum = new CRC32C();
        checksum.update(bytes.duplicate());
        return checksum.getValue();
    }

    /** Rows that are written. */
    public int rows() {
        return parts.stream().mapToInt(Part::rows).sum();
    }

    /**
     * Appends rows, which are safe when this returns.
     *
     * @param said of the next rows, in order
     * @param took seconds of the teacher
     * @param read tokens that it read
     */
    public void append(List<Guidance.Top> said, double took, long read) throws IOException {
        long positions = said.stream().mapToLong(row -> row.tail().length).sum();
        var buffer = ByteBuffer.allocate(Math.toIntExact(positions * identity.bytesPerPosition())).order(ByteOrder.LITTLE_ENDIAN);
        said.forEach(row -> encode(row, buffer));
        buffer.flip();
        var part = new Part(said.size(), positions, checksum(buffer));
        while (buffer.hasRemaining()) {
            numbers.write(buffer);
        }
        numbers.force(false);
        Files.writeString(folder.resolve(PROGRESS), LINE.toJson(new Line(identity, part, took, read)) + "\n", StandardOpenOption.APPEND,
                StandardOpenOption.SYNC);
        parts.add(part);
        seconds += took;
        tokens += read;
    }

    private void encode(Guidance.Top row, ByteBuffer buffer) {
        int k = identity.k();
        for (int position = 0; position < row.tail().length; position++) {
            for (int i = position * k; i < (position + 1) * k; i++) {
                if (identity.bytesPerId() == Short.BYTES) {
                    buffer.putShort((short) row.tokens()[i]);
                } else {
                    buffer.putInt((int) row.tokens()[i]);
                }
            }
            for (int i = position * k; i < (position + 1) * k; i++) {
                buffer.putShort(Float.floatToFloat16(row.logProbabilities()[i]));
            }
            buffer.putFloat(row.tail()[position]);
        }
    }

    /** Moves the whole cache to another folder of the same file system. */
    public CacheHeader finish(Path target, String teacher) throws IOException {
        numbers.close();
        var header = new CacheHeader(CacheHeader.FORMAT, teacher, identity, rows(), parts.stream().mapToLong(Part::positions).sum(), parts, seconds, tokens);
        Files.move(folder.resolve(NUMBERS), target.resolve(NUMBERS), StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(target.resolve(HEADER), new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(header));
        Files.delete(folder.resolve(PROGRESS));
        return header;
    }

    @Override
    public void close() throws IOException {
        numbers.close();
    }
}
