package org.encore.workbench.pipeline;

import java.nio.file.Path;

import org.encore.api.extension.Registry;

/** What there is to draw of a text that is being written. */
public sealed interface Drawing {

    /** The graph. */
    record Graph(Pipeline pipeline) implements Drawing {}

    /** Nothing, and why. */
    record Nothing(String why) implements Drawing {}

    /** What can be drawn of a text. It may read files that the text extends. */
    static Drawing of(Path file, String text, Registry registry) {
        try {
            return new Graph(Pipeline.of(file, text, registry));
        } catch (IllegalArgumentException e) {
            return new Nothing(String.valueOf(e.getMessage()));
        }
    }
}
