package org.encore.onnx;

/** How many threads a backend of the processor uses. */
public final class Threads {

    private Threads() {}

    /** @throws IllegalArgumentException if no backend can have as many */
    public static void check(int threads) {
        if (threads < 0 || threads > 1024) {
            throw new IllegalArgumentException("threads " + threads + ": give 1 to 1024, or 0 for one per core");
        }
    }

    /** As many as asked for; one per core for 0. */
    public static int count(int threads) {
        return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
    }
}
