package org.encore.api.device;

import java.util.List;

import org.encore.api.Availability;

/**
 * A library of native code that computes, of which users may have another build: one for their GPU, say. It is swapped whole, for a folder that holds
 * another build with all that belongs to it, and a process loads one build only. Contributed through the extension point
 * {@code org.encore.api.runtimes}; {@link ChosenRuntimes} says which folder was chosen.
 *
 * @since 0.1.0
 */
public interface NativeRuntime {

    /** Names of the files that every build has, the one by which a build is recognised first: {@code libtorch.so}. */
    List<String> files();

    /**
     * Loads the build that this process is to use, and tries what it computes with.
     *
     * @throws org.encore.api.Unavailable if it does not load, or is of a version that its Java classes were not made for
     */
    Loaded load();

    /**
     * A build that works.
     *
     * @param version such as {@code 1.29.0}
     * @param parts what it computes with, each tried
     */
    record Loaded(String version, List<Part> parts) {
        public Loaded {
            parts = List.copyOf(parts);
        }
    }

    /**
     * Something that a build computes with.
     *
     * @param name such as {@code CUDA}
     * @param availability whether it works here
     */
    record Part(String name, Availability availability) {}
}
