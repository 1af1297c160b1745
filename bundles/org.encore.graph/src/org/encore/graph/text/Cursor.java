package org.encore.graph.text;

import java.util.function.IntPredicate;

/** A place in a text that moves forward over what it recognises. */
final class Cursor {

    private final String text;
    private int at;

    Cursor(String text) {
        this.text = text;
    }

    boolean atEnd() {
        blank();
        return at >= text.length();
    }

    /** Skips spaces and line ends. */
    private void blank() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    boolean sees(String next) {
        blank();
        return text.startsWith(next, at);
    }

    /** Moves over the given text if it stands here. */
    boolean take(String next) {
        boolean here = sees(next);
        if (here) {
            at += next.length();
        }
        return here;
    }

    void expect(String next) {
        if (!take(next)) {
            throw error("expected '" + next + "' instead of '" + rest() + "'");
        }
    }

    /** The longest run of matching characters. */
    String word(String what, IntPredicate belongs) {
        blank();
        int start = at;
        while (at < text.length() && belongs.test(text.charAt(at))) {
            at++;
        }
        if (start == at) {
            throw error("expected " + what + " instead of '" + rest() + "'");
        }
        return text.substring(start, at);
    }

    String name(String what) {
        return word(what, c -> Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.');
    }

    long number(String what) {
        String digits = word(what, c -> Character.isDigit(c) || c == '-');
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            throw error("'" + digits + "' is no number");
        }
    }

    /** Up to the closing parenthesis that matches the opening one here. */
    String parenthesised() {
        blank();
        int end = text.indexOf(')', at);
        if (!sees("(") || end < 0) {
            throw error("expected a shape such as (B, T, 64) instead of '" + rest() + "'");
        }
        String shape = text.substring(at, end + 1);
        at = end + 1;
        return shape;
    }

    /** Text in double quotes; a backslash keeps the next character. */
    String quoted() {
        expect("\"");
        var value = new StringBuilder();
        while (at < text.length() && text.charAt(at) != '"') {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            value.append(text.charAt(at++));
        }
        if (at >= text.length()) {
            throw error("the quotes are not closed");
        }
        at++;
        return value.toString();
    }

    TextException error(String expected) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < Math.min(at, text.length()); i++) {
            column = text.charAt(i) == '\n' ? 1 : column + 1;
            line += text.charAt(i) == '\n' ? 1 : 0;
        }
        return new TextException(line, column, expected);
    }

    private String rest() {
        int end = text.indexOf('\n', at);
        String line = text.substring(Math.min(at, text.length()), end < 0 ? text.length() : end);
        return line.length() > 30 ? line.substring(0, 30) + "…" : line.isEmpty() ? "the end of the line" : line;
    }
}
