package org.encore.serve;

import java.io.IOException;
import java.util.List;

/** The models that a server has. */
public interface Shelf {

    /** All of them, always the same; at least one. */
    List<Card> cards();

    /**
     * One of them, loaded if nobody asked for it before. Called by one thread at a time.
     *
     * @param id of a card
     * @throws org.encore.api.Unavailable if it cannot be loaded here
     */
    Served take(String id) throws IOException;
}
