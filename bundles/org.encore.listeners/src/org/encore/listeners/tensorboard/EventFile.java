package org.encore.listeners.tensorboard;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * A file of records as TensorFlow frames them (TFRecord): length in 8 bytes, its checksum in 4, the bytes, their checksum in 4, all little-endian.
 *
 * @param path of the file
 */
record EventFile(Path path) {

    /** What TensorBoard knows event files by. */
    private static final String NAME = "events.out.tfevents.";

    /** A new file. TensorBoard reads the files of a folder in the order of their names, so this one comes after all that are there. */
    static EventFile create(Path folder, Instant time) throws IOException {
        Files.createDirectories(folder);
        long seconds = time.getEpochSecond();
        try (Stream<Path> files = Files.list(folder)) {
            List<String> there = files.map(file -> file.getFileName().toString()).filter(name -> name.startsWith(NAME)).sorted().toList();
            while (!there.isEmpty() && name(seconds).compareTo(there.getLast()) <= 0) {
                seconds++;
            }
        }
        return new EventFile(Files.createFile(folder.resolve(name(seconds))));
    }

    /** TensorFlow has the host's name where this says encore: asking for it may wait for the network. */
    private static String name(long seconds) {
        return String.format(Locale.ROOT, "%s%010d.encore.%d.0", NAME, seconds, ProcessHandle.current().pid());
    }

    /** Writes records at the end, in one go, so that a reader who follows the file sees whole ones. */
    void append(List<byte[]> records) throws IOException {
        var bytes = new ByteArrayOutputStream();
        for (byte[] record : records) {
            byte[] length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(record.length).array();
            bytes.write(length);
            bytes.write(checksum(length));
            bytes.write(record);
            bytes.write(checksum(record));
        }
        // opened each time: an experiment may have more models than a process may have files open
        try (OutputStream out = Files.newOutputStream(path, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            bytes.writeTo(out);
        }
    }

    /** CRC-32C, masked as in TensorFlow's {@code core/lib/hash/crc32c.h}: rotated right by 15 bits, plus a constant. */
    private static byte[] checksum(byte[] bytes) {
        var crc = new CRC32C();
        crc.update(bytes);
        int masked = Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8;
        return ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(masked).array();
    }
}
