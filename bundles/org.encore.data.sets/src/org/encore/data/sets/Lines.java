package org.encore.data.sets;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Text files as lines. */
public final class Lines {

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    /** More than fits into an array with its lines beside it; a small file that unpacks to more was made to do harm. */
    private static final int LARGEST = 1 << 30;

    private Lines() {}

    /**
     * The lines of a file in UTF-8, unpacked if its name ends in {@code .gz}. Only a line feed ends a line: what else Unicode calls a line's end is
     * part of the text. A carriage return before it and a byte order mark at the beginning of the file are left out.
     *
     * @throws IllegalArgumentException if the file cannot be read, or with file and line if a line is not UTF-8
     */
    public static List<String> of(Path file) {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = (file.toString().endsWith(".gz") ? new GZIPInputStream(new BufferedInputStream(in)) : in).readNBytes(LARGEST);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " cannot be read: " + e.getMessage(), e);
        }
        if (bytes.length == LARGEST) {
            throw new IllegalArgumentException(file + " has more than " + LARGEST + " bytes" + (file.toString().endsWith(".gz") ? " unpacked" : "")
                    + "; a task reads no larger file. Take a part of it.");
        }
        var lines = new ArrayList<String>();
        int begin = ByteBuffer.wrap(bytes, 0, Math.min(bytes.length, BYTE_ORDER_MARK.length)).equals(ByteBuffer.wrap(BYTE_ORDER_MARK))
                ? BYTE_ORDER_MARK.length : 0;
        for (int i = begin; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                lines.add(line(file, lines.size() + 1, bytes, begin, i));
                begin = i + 1;
            }
        }
        if (begin < bytes.length) {
            lines.add(line(file, lines.size() + 1, bytes, begin, bytes.length));
        }
        return lines;
    }

    private static String line(Path file, int number, byte[] bytes, int begin, int end) {
        int length = (end > begin && bytes[end - 1] == '\r' ? end - 1 : end) - begin;
        try {
            return StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT).onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes, begin, length)).toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(file + ":" + number
                    + ": this line is not UTF-8; convert the file, such as by 'iconv -f latin1 -t utf-8'", e);
        }
    }
}
