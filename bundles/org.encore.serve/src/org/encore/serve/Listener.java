package org.encore.serve;

/** Follows outputs as they come. */
interface Listener {

    /** A token of an output, of its echoed prompt first if that was asked for. */
    void piece(int choice, Piece piece);

    /**
     * An output is over.
     *
     * @param rest text that was held back and is certain now
     * @param reason {@code stop} or {@code length}, as OpenAI's servers say it
     */
    void end(int choice, String rest, String reason);
}
