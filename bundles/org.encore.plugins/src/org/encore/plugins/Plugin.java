package org.encore.plugins;

import java.nio.file.Path;

import org.osgi.framework.Bundle;

/**
 * A jar in a folder of plug-ins, and what became of it.
 *
 * @param file the jar
 * @param name symbolic name of the bundle; the file's name if it is none
 * @param version of the bundle; empty if it is none
 * @param state whether it works
 */
public record Plugin(Path file, String name, String version, State state) {

    /** What became of it. */
    public sealed interface State {

        /** It is part of the running platform. */
        record Works(Bundle bundle) implements State {}

        /**
         * It is left out.
         *
         * @param reason goes on from the file's name: {@code it has no manifest}
         */
        record Broken(String reason) implements State {}
    }

    static Plugin works(PluginFile file, Bundle bundle) {
        return new Plugin(file.file(), file.name(), file.version().toString(), new State.Works(bundle));
    }

    static Plugin broken(PluginFile file, String reason) {
        return new Plugin(file.file(), file.name(), file.version().toString(), new State.Broken(reason));
    }

    static Plugin broken(Path file, String reason) {
        return new Plugin(file, file.getFileName().toString(), "", new State.Broken(reason));
    }

    /** {@code com.example.x 1.0.0}. */
    @Override
    public String toString() {
        return (name + " " + version).strip();
    }
}
