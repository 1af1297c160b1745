package org.encore.distill.cache;

import java.util.List;

/**
 * What a cache is: {@code teacher.json} beside the numbers.
 *
 * @param format version of the files
 * @param teacher one line for people
 * @param identity what the numbers depend on
 * @param rows examples
 * @param positions of all rows together
 * @param parts checksums, in order
 * @param seconds that the teacher took
 * @param tokens source and target tokens that it read
 */
public record CacheHeader(String format, String teacher, Identity identity, int rows, long positions, List<Part> parts, double seconds, long tokens) {

    static final String FORMAT = "encore-teacher-cache-1";

    public CacheHeader {
        parts = List.copyOf(parts);
    }

    /**
     * What the numbers depend on: two caches of one identity hold the same.
     *
     * @param fingerprint of the teacher
     * @param tokenizer hexadecimal digest
     * @param data hexadecimal digest of what the rows are made from
     * @param vocabulary V, of the teacher
     * @param k tokens at each position
     * @param temperature of the distributions
     * @param spans whether the teacher reads with a tokenizer of its own: then it speaks where common spans of text begin, and the tail is -1 elsewhere
     */
    public record Identity(String fingerprint, String tokenizer, String data, int vocabulary, int k, double temperature, boolean spans) {

        /** Bytes of a position: k ids, k half-precision logarithms, and the tail in single precision. */
        public int bytesPerPosition() {
            return k * (bytesPerId() + Short.BYTES) + Float.BYTES;
        }

        int bytesPerId() {
            return vocabulary <= 1 << 16 ? Short.BYTES : Integer.BYTES;
        }
    }

    /**
     * Rows that were written at once.
     *
     * @param positions of them
     * @param checksum CRC-32C of their bytes
     */
    public record Part(int rows, long positions, long checksum) {}
}
