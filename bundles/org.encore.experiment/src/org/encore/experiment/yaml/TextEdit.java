package org.encore.experiment.yaml;

/**
 * A change of a text; everything around it stays as it is.
 *
 * @param offset where it begins, in characters
 * @param length of what is taken away
 * @param text that comes in its place
 */
public record TextEdit(int offset, int length, String text) {

    /** The text after the change. */
    public String applied(String to) {
        return to.substring(0, offset) + text + to.substring(offset + length);
    }
}
