package org.encore.experiment.tests.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/**
 * Changes good files at random: bytes, lines, numbers and words, parts of other files, and ends cut off.
 *
 * @param good files to begin with
 * @param words that mean something to the reader
 */
record Mutation(List<byte[]> good, List<String> words) {

    private static final int MOST_CHANGES = 6;
    private static final List<String> NUMBERS = List.of("0", "-1", "1", "65536", "2147483647", "2147483648", "9223372036854775807", "-9223372036854775808",
            "99999999999999999999", "1e308", "1e999", "-0.0", "NaN", "Infinity", "0x7f", "1_000", "1k", "900G", "1E400000000");

    /** The file of a number: the same each time. */
    byte[] of(long number) {
        var random = new Random(number * 0x9E3779B97F4A7C15L);
        byte[] file = one(random);
        for (int changes = 1 + random.nextInt(MOST_CHANGES); changes > 0; changes--) {
            file = changed(file, random);
        }
        return file;
    }

    private byte[] one(Random random) {
        return good.get(random.nextInt(good.size()));
    }

    private byte[] changed(byte[] file, Random random) {
        int at = random.nextInt(file.length + 1);
        int length = Math.min(file.length - at, 1 + random.nextInt(random.nextBoolean() ? 4 : 64));
        return switch (random.nextInt(10)) {
            case 0 -> joined(file, at, new byte[0], at + length);
            case 1 -> joined(file, at, bytes(random), at);
            case 2 -> joined(file, at, bytes(random), at + length);
            case 3 -> joined(file, at, text(word(random)), at);
            case 4, 5 -> number(file, at, random);
            case 6 -> line(file, at, random);
            case 7 -> {
                byte[] other = one(random);
                int from = random.nextInt(other.length + 1);
                yield joined(file, at, java.util.Arrays.copyOfRange(other, from, Math.min(other.length, from + random.nextInt(200))), at + length);
            }
            case 8 -> random.nextInt(4) == 0 ? java.util.Arrays.copyOf(file, at) : joined(file, at, text(word(random)), at + length);
            default -> joined(file, at, repeated(java.util.Arrays.copyOfRange(file, at, at + length), random), at);
        };
    }

    private String word(Random random) {
        return words.get(random.nextInt(words.size()));
    }

    private static byte[] repeated(byte[] part, Random random) {
        var out = new ByteArrayOutputStream();
        for (int times = 1 + random.nextInt(random.nextInt(20) == 0 ? 2000 : 5); times > 0; times--) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static byte[] bytes(Random random) {
        var bytes = new byte[1 + random.nextInt(8)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Puts another number in place of the next one. */
    private static byte[] number(byte[] file, int from, Random random) {
        int at = from;
        while (at < file.length && !digit(file[at])) {
            at++;
        }
        int end = at;
        while (end < file.length && digit(file[end])) {
            end++;
        }
        return joined(file, at, text(NUMBERS.get(random.nextInt(NUMBERS.size()))), end);
    }

    private static boolean digit(byte b) {
        return b >= '0' && b <= '9';
    }

    /** Takes a line away, or writes it twice. */
    private static byte[] line(byte[] file, int from, Random random) {
        int begin = from;
        while (begin > 0 && file[begin - 1] != '\n') {
            begin--;
        }
        int end = from;
        while (end < file.length && file[end] != '\n') {
            end++;
        }
        end = Math.min(file.length, end + 1);
        return random.nextBoolean() ? joined(file, begin, new byte[0], end) : joined(file, begin, java.util.Arrays.copyOfRange(file, begin, end), begin);
    }

    private static byte[] joined(byte[] file, int at, byte[] between, int rest) {
        var out = new ByteArrayOutputStream();
        out.write(file, 0, at);
        out.writeBytes(between);
        out.write(file, rest, file.length - rest);
        return out.toByteArray();
    }

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
