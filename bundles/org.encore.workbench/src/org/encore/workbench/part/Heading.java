package org.encore.workbench.part;

/** The line above the contents of a view, a little off the edge, to which the platform sets it flush. */
public final class Heading {

    private static final String EN_SPACE = "\u2002";

    private Heading() {}

    public static String of(String text) {
        return text.isEmpty() ? text : EN_SPACE + text;
    }
}
