package org.encore.api;

/** How long work tells how far it is, and learns that it should stop. */
public interface Monitor {

    /** Tells nobody and never stops. */
    Monitor NONE = new Monitor() {
        @Override
        public void progress(long done, long total, String unit) {
            // nobody listens
        }

        @Override
        public boolean cancelled() {
            return false;
        }
    };

    /**
     * How far the work is.
     *
     * @param total 0 if it is not known
     * @param unit such as bytes or examples
     */
    void progress(long done, long total, String unit);

    /** True once the user asked to stop: return soon, by {@link java.util.concurrent.CancellationException}. */
    boolean cancelled();
}
