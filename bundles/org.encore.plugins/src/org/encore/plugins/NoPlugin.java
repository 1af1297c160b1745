package org.encore.plugins;

/** A file that cannot be a plug-in; the message is the reason, and goes on from the file's name: {@code it has no manifest}. */
public final class NoPlugin extends Exception {

    private static final long serialVersionUID = 1;

    NoPlugin(String reason) {
        super(reason);
    }
}
