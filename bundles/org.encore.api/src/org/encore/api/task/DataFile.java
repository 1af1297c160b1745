package org.encore.api.task;

import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One file of a public data set, known by its content.
 *
 * @param set name of the data set, which is the name of its folder, such as {@code scan}
 * @param path inside that folder, with slashes
 * @param sha256 of the content, as 64 hexadecimal digits
 * @param addresses where it may be downloaded from; empty if nowhere
 */
public record DataFile(String set, String path, String sha256, List<URI> addresses) {

    /** No way out of the set's folder, on any system. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._+-]*");

    public DataFile {
        addresses = List.copyOf(addresses);
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("'" + sha256 + "' is no SHA-256; give 64 hexadecimal digits");
        }
        for (String name : (set + "/" + path).split("/", -1)) {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("'" + name + "' in " + set + "/" + path
                        + " may not name a file; give letters, digits and . _ + -, first a letter, a digit or _");
            }
        }
    }
}
