package org.encore.torch.script;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A TorchScript archive in memory: one module without parameters, of the given methods. The format is a zip of stored entries: source, a
 * pickled module object, pickled constants (none), a version.
 */
final class Archive {

    /** 1980-01-02, the earliest time that every zip reader accepts: equal sources give equal archives. */
    private static final long FIXED_TIME = 315_532_800_000L;
    private static final byte PROTOCOL = (byte) 0x80;
    private static final byte NEWOBJ = (byte) 0x81;
    private static final byte NEWTRUE = (byte) 0x88;

    private Archive() {}

    static byte[] of(String methods) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            put(zip, "data.pkl", module());
            put(zip, "code/__torch__.py",
                    ("class M(Module):\n  __parameters__ = []\n  __buffers__ = []\n  training : bool\n" + methods).getBytes(StandardCharsets.UTF_8));
            put(zip, "constants.pkl", new byte[] {PROTOCOL, 2, ')', '.'});
            put(zip, "version", "10\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    /** Pickle of an instance of M whose only field is training = True. */
    private static byte[] module() throws IOException {
        var pickle = new ByteArrayOutputStream();
        pickle.write(new byte[] {PROTOCOL, 2});
        pickle.write("c__torch__\nM\n".getBytes(StandardCharsets.US_ASCII));
        pickle.write(new byte[] {')', NEWOBJ, '}', '('});
        byte[] field = "training".getBytes(StandardCharsets.US_ASCII);
        pickle.write(new byte[] {'X', (byte) field.length, 0, 0, 0});
        pickle.write(field);
        pickle.write(new byte[] {NEWTRUE, 'u', 'b', '.'});
        return pickle.toByteArray();
    }

    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        var entry = new ZipEntry("model/" + name);
        var crc = new CRC32();
        crc.update(content);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCompressedSize(content.length);
        entry.setCrc(crc.getValue());
        entry.setTime(FIXED_TIME);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}
