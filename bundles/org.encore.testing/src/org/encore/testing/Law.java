package org.encore.testing;

/**
 * Something that must hold, whatever is put in.
 *
 * @param name a sentence, for reports
 * @param body throws an {@link AssertionError} if it does not hold
 */
public record Law(String name, Runnable body) {

    /**
     * Holds it up.
     *
     * @throws AssertionError if it does not hold; the message says where, with both values
     */
    public void check() {
        body.run();
    }

    @Override
    public String toString() {
        return name;
    }
}
