package org.encore.graph.text;

/** Text that is no model; the message begins with line and column. */
public final class TextException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    /**
     * @param line from 1
     * @param column from 1
     * @param expected what should stand there
     */
    TextException(int line, int column, String expected) {
        super("line " + line + ", column " + column + ": " + expected);
    }
}
