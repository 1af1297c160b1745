package org.encore.onnx.runtime;

/**
 * Threads of a session.
 *
 * @param threads of one operator
 * @param spinning whether those that wait for the next operator keep a processor busy
 */
public record Workers(int threads, boolean spinning) {

    /** As the runtime has them if nothing is said. */
    public static Workers of(int threads) {
        return new Workers(threads, true);
    }
}
