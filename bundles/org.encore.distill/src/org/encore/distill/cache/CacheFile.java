package org.encore.distill.cache;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.encore.api.training.Guidance;
import org.encore.distill.cache.CacheHeader.Identity;
import org.encore.distill.cache.CacheHeader.Part;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;

/** A finished cache, mapped into memory. Checked as a whole when it is opened; then only read. Safe for use by several threads. */
public final class CacheFile {

    private static final long MOST_MAPPED = 1L << 30;

    private final CacheHeader header;
    private final long[] starts;
    private final List<ByteBuffer> maps;
    private final long positionsPerMap;

    private CacheFile(CacheHeader header, long[] starts, List<ByteBuffer> maps, long positionsPerMap) {
        this.header = header;
        this.starts = starts;
        this.maps = maps;
        this.positionsPerMap = positionsPerMap;
    }

    /**
     * What a reader expects.
     *
     * @param tokenizer digest of the student's tokenizer
     * @param data digest of the data that it learns from
     * @param vocabulary V
     * @param temperature of its objective
     * @param spans whether the reader compares spans of text, so that the teacher may have another tokenizer
     */
    public record Expected(String tokenizer, String data, int vocabulary, double temperature, boolean spans) {}

    /**
     * Opens a cache.
     *
     * @param expected of it; each difference is refused
     * @param positions of every row, in order
     * @throws IllegalArgumentException if it is no cache, is damaged, or is of something else; the message names both sides
     */
    public static CacheFile open(Path folder, Expected expected, int[] positions) throws IOException {
        CacheHeader header = header(folder);
        fits(folder, header, expected, positions);
        Path numbers = folder.resolve(CacheWriter.NUMBERS);
        int record = header.identity().bytesPerPosition();
        long size = Files.size(numbers);
        refuse(size != header.positions() * record, "%s has %,d bytes, but its %s says %,d positions of %d bytes: it was cut off. Delete %s and run again.",
                numbers, size, CacheWriter.HEADER, header.positions(), record, folder);
        long perMap = MOST_MAPPED / record;
        var maps = new ArrayList<ByteBuffer>();
        try (FileChannel channel = FileChannel.open(numbers, StandardOpenOption.READ)) {
            for (long first = 0; first < header.positions(); first += perMap) {
                long count = Math.min(perMap, header.positions() - first);
                MappedByteBuffer map = channel.map(FileChannel.MapMode.READ_ONLY, first * record, count * record);
                maps.add(map.order(ByteOrder.LITTLE_ENDIAN));
            }
            check(channel, header, numbers);
        }
        var starts = new long[positions.length + 1];
        for (int row = 0; row < positions.length; row++) {
            starts[row + 1] = starts[row] + positions[row];
        }
        return new CacheFile(header, starts, maps, perMap);
    }

    /** What a cache says of itself. */
    public static CacheHeader header(Path folder) throws IOException {
        Path file = folder.resolve(CacheWriter.HEADER);
        refuse(!Files.exists(file), "%s holds no teacher's cache: there is no %s", folder, CacheWriter.HEADER);
        try {
            CacheHeader header = new Gson().fromJson(Files.readString(file), CacheHeader.class);
            refuse(AnswerFile.Header.FORMAT.equals(header.format()), "the teacher of %s gives whole outputs and no distributions, which the student asks for. "
                    + "Use cross-entropy with targets: teacher, or a teacher that gives distributions.", folder);
            refuse(!CacheHeader.FORMAT.equals(header.format()), "%s is of format %s, this Encore reads %s", file, header.format(), CacheHeader.FORMAT);
            return header;
        } catch (JsonParseException | NullPointerException e) {
            throw new IllegalArgumentException(file + " is damaged: " + e.getMessage() + ". Delete " + folder + " and run again.", e);
        }
    }

    private static void fits(Path folder, CacheHeader header, Expected expected, int[] positions) {
        Identity is = header.identity();
        refuse(is.spans() && !expected.spans(), "the teacher of %s, %s, reads with a tokenizer of its own, so its tokens cannot be compared with the student's one by one. "
                + "Use the objective span-uld, which compares spans of text.", folder, header.teacher());
        refuse(!is.spans() && is.vocabulary() != expected.vocabulary(), "the teacher's cache %s is over %,d tokens, the student's vocabulary has %,d", folder,
                is.vocabulary(), expected.vocabulary());
        refuse(!is.tokenizer().equals(expected.tokenizer()), "the teacher's cache %s was made with tokenizer %.12s, the student has %.12s", folder,
                is.tokenizer(), expected.tokenizer());
        refuse(!is.data().equals(expected.data()), "the teacher's cache %s is of data %.12s, the student learns from %.12s", folder, is.data(),
                expected.data());
        refuse(is.temperature() != expected.temperature(), "the teacher's cache %s is at temperature %s, the student's objective at %s. "
                + "Set teacher-cache: {temperature: %s}.", folder, is.temperature(), expected.temperature(), expected.temperature());
        long wanted = 0;
        for (int ofRow : positions) {
            wanted += ofRow;
        }
        refuse(header.rows() != positions.length || header.positions() != wanted,
                "the teacher's cache %s has %,d rows of %,d positions, the student's data have %,d rows of %,d", folder, header.rows(), header.positions(),
                positions.length, wanted);
    }

    private static void check(FileChannel channel, CacheHeader header, Path numbers) throws IOException {
        long start = 0;
        for (Part part : header.parts()) {
            long bytes = part.positions() * header.identity().bytesPerPosition();
            ByteBuffer content = channel.map(FileChannel.MapMode.READ_ONLY, start, bytes);
            refuse(CacheWriter.checksum(content) != part.checksum(), "%s is damaged between bytes %,d and %,d: its checksum is another. "
                    + "Delete its folder and run again.", numbers, start, start + bytes);
            start += bytes;
        }
    }

    private static void refuse(boolean wrong, String message, Object... details) {
        if (wrong) {
            throw new IllegalArgumentException(String.format(Locale.ROOT, message, details));
        }
    }

    public CacheHeader header() {
        return header;
    }

    /**
     * What the teacher said of some rows, as a batch has it: masses sum to 1 again, which half precision had disturbed; those of spans of text sum to what they are.
     *
     * @param rows indices
     * @param time T, at least the longest of the rows
     */
    public Guidance.Top read(int[] rows, int time) {
        int k = header.identity().k();
        var tokens = new long[rows.length * time * k];
        var logs = new float[tokens.length];
        var tail = new float[rows.length * time];
        for (int row = 0; row < rows.length; row++) {
            long start = starts[rows[row]];
            int count = (int) (starts[rows[row] + 1] - start);
            for (int position = 0; position < count; position++) {
                read(start + position, row * time + position, tokens, logs, tail);
            }
        }
        return new Guidance.Top(k, tokens, logs, tail);
    }

    private void read(long position, int to, long[] tokens, float[] logs, float[] tail) {
        Identity identity = header.identity();
        int k = identity.k();
        ByteBuffer map = maps.get((int) (position / positionsPerMap));
        int at = (int) (position % positionsPerMap) * identity.bytesPerPosition();
        boolean narrow = identity.bytesPerId() == Short.BYTES;
        int afterIds = at + k * identity.bytesPerId();
        float others = map.getFloat(afterIds + k * Short.BYTES);
        double sum = others;
        for (int i = 0; i < k; i++) {
            tokens[to * k + i] = narrow ? Short.toUnsignedInt(map.getShort(at + 2 * i)) : map.getInt(at + 4 * i);
            float log = Float.float16ToFloat(map.getShort(afterIds + 2 * i));
            logs[to * k + i] = log;
            sum += Math.exp(log);
        }
        if (identity.spans()) {
            tail[to] = others;
            return;
        }
        float normalizer = (float) Math.log(sum);
        for (int i = to * k; i < (to + 1) * k; i++) {
            logs[i] -= normalizer;
        }
        tail[to] = (float) (others / sum);
    }
}
