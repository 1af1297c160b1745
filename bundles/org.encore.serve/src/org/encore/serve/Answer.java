package org.encore.serve;

import java.io.IOException;

/** Where the tokens of a request go. */
interface Answer extends Listener {

    /** All outputs are over. */
    void finish(Usage usage) throws IOException;
}
