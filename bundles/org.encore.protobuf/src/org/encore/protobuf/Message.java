package org.encore.protobuf;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** A protocol buffers message being written: fields in wire format, by number. */
public final class Message {

    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int LENGTH_DELIMITED = 2;
    private static final int FIXED32 = 5;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** Adds a field of type int32, int64, uint32, uint64, bool or enum. */
    public Message whole(int field, long value) {
        varint((long) field << 3 | VARINT);
        varint(value);
        return this;
    }

    /** Adds a field of type float. */
    public Message real(int field, float value) {
        varint((long) field << 3 | FIXED32);
        bytes.writeBytes(ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN).putFloat(value).array());
        return this;
    }

    /** Adds a field of type double. */
    public Message real(int field, double value) {
        varint((long) field << 3 | FIXED64);
        bytes.writeBytes(ByteBuffer.allocate(Double.BYTES).order(ByteOrder.LITTLE_ENDIAN).putDouble(value).array());
        return this;
    }

    /** Adds a field of type string. */
    public Message text(int field, String value) {
        return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds a field that is a message itself. */
    public Message message(int field, Message value) {
        return bytes(field, value.toBytes());
    }

    /** Adds a field of type bytes, or one of packed numbers. */
    public Message bytes(int field, byte[] value) {
        varint((long) field << 3 | LENGTH_DELIMITED);
        varint(value.length);
        bytes.writeBytes(value);
        return this;
    }

    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes.write((int) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        bytes.write((int) rest);
    }

    /** All fields so far, in the order in which they were added. */
    public byte[] toBytes() {
        return bytes.toByteArray();
    }
}
