package org.encore.api.inference;

import java.util.List;
import java.util.Optional;

/** A model ready to generate. */
public interface LoadedModel extends AutoCloseable {

    /**
     * A generator with room for this many rows and tokens; caches are allocated once.
     *
     * @param rows largest batch, beams included
     * @param tokens most tokens a row's cache may hold: source (if the model reads it into the cache), start token and target
     */
    Generator generator(int rows, int tokens);

    /**
     * A reader of whole rows, which gives what a generator that is given the same tokens gives, sooner.
     *
     * @return empty if this backend only generates
     * @since 0.1.0
     */
    default Optional<RowReader> reader() {
        return Optional.empty();
    }

    /**
     * What is between its layers, for a student that is to match it.
     *
     * @return empty if this backend tells none
     * @since 0.1.0
     */
    default Optional<HiddenStates> states() {
        return Optional.empty();
    }

    /** Bytes of the weights as the runtime was given them. */
    long weightBytes();

    /** Bytes of state that a generator of this size allocates. */
    long stateBytes(int rows, int tokens);

    /**
     * What someone who measures it should know of how it runs, a sentence each, such as a cache that has to be copied.
     *
     * @since 0.1.0
     */
    default List<String> remarks() {
        return List.of();
    }

    @Override
    void close();
}
