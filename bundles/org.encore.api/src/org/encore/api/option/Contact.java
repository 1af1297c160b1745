package org.encore.api.option;

import java.net.URI;
import java.util.List;

/** Something outside Encore that an extension would use. An experiment that brings one about has to be trusted once before it runs. */
public sealed interface Contact {

    /** Another machine that it would talk to. */
    record Address(URI uri) implements Contact {
        @Override
        public String toString() {
            return "talks to " + uri;
        }
    }

    /** A program that it would start. */
    record Program(List<String> command) implements Contact {
        public Program {
            command = List.copyOf(command);
        }

        @Override
        public String toString() {
            return "starts the program " + String.join(" ", command);
        }
    }
}
