package org.encore.listeners.tests;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads event files by the published format alone: TFRecord framing with a checksum computed bit by bit, protocol buffers by wire type, and
 * TensorBoard's rule that a SessionLog START, unless it is the first, voids what has the same or a later step (plugin_event_accumulator.py).
 */
final class EventFiles {

    private EventFiles() {}

    /** One field of a message: a number for varints, raw bits for fixed ones, bytes otherwise. */
    record Field(int number, long bits, byte[] bytes) {
        String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        double real() {
            return Double.longBitsToDouble(bits);
        }

        float single() {
            return Float.intBitsToFloat((int) bits);
        }

        Message message() {
            return new Message(bytes);
        }
    }

    /** Fields in order. */
    record Message(List<Field> fields) {
        Message(byte[] bytes) {
            this(parse(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN)));
        }

        List<Field> all(int number) {
            return fields.stream().filter(field -> field.number() == number).toList();
        }

        Field only(int number) {
            List<Field> found = all(number);
            if (found.size() != 1) {
                throw new IllegalStateException("field " + number + " is there " + found.size() + " times");
            }
            return found.getFirst();
        }

        boolean has(int number) {
            return !all(number).isEmpty();
        }
    }

    /** A value of a curve, as TensorBoard shows it. */
    record Scalar(String tag, long step, float value, double seconds) {}

    private static List<Field> parse(ByteBuffer in) {
        var fields = new ArrayList<Field>();
        while (in.hasRemaining()) {
            long key = varint(in);
            int number = (int) (key >>> 3);
            fields.add(switch ((int) (key & 7)) {
                case 0 -> new Field(number, varint(in), new byte[0]);
                case 1 -> new Field(number, in.getLong(), new byte[0]);
                case 2 -> {
                    var bytes = new byte[(int) varint(in)];
                    in.get(bytes);
                    yield new Field(number, 0, bytes);
                }
                case 5 -> new Field(number, in.getInt(), new byte[0]);
                default -> throw new IllegalStateException("wire type " + (key & 7));
            });
        }
        return fields;
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0;; shift += 7) {
            byte next = in.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    /** Files of a folder in the order in which TensorBoard reads them. */
    static List<Path> in(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().contains("tfevents")).sorted().toList();
        }
    }

    /** The events of a file, checksums checked. */
    static List<Message> events(Path file) throws IOException {
        var in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        var events = new ArrayList<Message>();
        while (in.hasRemaining()) {
            var length = new byte[8];
            in.get(length);
            check(length, in.getInt());
            var record = new byte[(int) ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong()];
            in.get(record);
            check(record, in.getInt());
            events.add(new Message(record));
        }
        return events;
    }

    private static void check(byte[] bytes, int masked) {
        long crc = 0xffffffffL;
        for (byte b : bytes) {
            crc ^= b & 0xff;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ 0x82f63b78L; // Castagnoli's polynomial, reversed
            }
        }
        crc ^= 0xffffffffL;
        long expected = ((crc >>> 15 | crc << 17) + 0xa282ead8L) & 0xffffffffL;
        if (expected != (masked & 0xffffffffL)) {
            throw new IllegalStateException("checksum " + masked + " instead of " + expected);
        }
    }

    /** What TensorBoard shows of a folder's curves. */
    static List<Scalar> scalars(Path folder) throws IOException {
        var scalars = new ArrayList<Scalar>();
        boolean started = false;
        for (Path file : in(folder)) {
            for (Message event : events(file)) {
                long step = event.has(2) ? event.only(2).bits() : 0;
                if (event.has(7) && event.only(7).message().only(1).bits() == 1) {
                    if (started) {
                        scalars.removeIf(scalar -> scalar.step() >= step);
                    }
                    started = true;
                }
                if (event.has(5)) {
                    Message value = event.only(5).message().only(1).message();
                    if (value.has(2)) {
                        scalars.add(new Scalar(value.only(1).text(), step, value.only(2).single(), event.only(1).real()));
                    }
                }
            }
        }
        return scalars;
    }

    static List<Scalar> scalars(Path folder, String tag) throws IOException {
        return scalars(folder).stream().filter(scalar -> scalar.tag().equals(tag)).toList();
    }

    /** What the HParams plug-in finds under a tag of its own: the messages HParamsPluginData, oldest first. */
    static List<Message> hyperparameters(Path folder, String tag) throws IOException {
        var found = new ArrayList<Message>();
        for (Path file : in(folder)) {
            for (Message event : events(file)) {
                if (event.has(5) && event.only(5).message().only(1).message().only(1).text().equals(tag)) {
                    Message metadata = event.only(5).message().only(1).message().only(9).message();
                    if (metadata.only(1).message().only(1).text().equals("hparams")) {
                        found.add(metadata.only(1).message().only(2).message());
                    }
                }
            }
        }
        return found;
    }
}
