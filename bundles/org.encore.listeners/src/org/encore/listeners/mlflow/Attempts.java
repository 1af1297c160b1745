package org.encore.listeners.mlflow;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

import org.encore.listeners.series.Reason;

/** Repeats what may succeed later, with growing waits, until it does or the run is over. */
final class Attempts {

    /** Repetitions of one step once the run is over. */
    private static final int LAST = 3;

    private final Outbox outbox;
    private final Losses losses;
    private final Pace pace;
    private final Runnable meanwhile;

    /** Something that may fail. */
    interface Step<T> {
        T take() throws IOException;
    }

    /** A server that wants to be left alone for a while. */
    static final class Busy extends IOException {
        private static final long serialVersionUID = 1;

        private final transient Duration wait;

        Busy(String message, Duration wait) {
            super(message);
            this.wait = wait;
        }
    }

    /** Nothing more will be tried. */
    static final class GivenUp extends Exception {
        private static final long serialVersionUID = 1;
    }

    /** @param meanwhile done before each wait */
    Attempts(Outbox outbox, Losses losses, Pace pace, Runnable meanwhile) {
        this.outbox = outbox;
        this.losses = losses;
        this.pace = pace;
        this.meanwhile = meanwhile;
    }

    /**
     * What a step gives, empty if it was refused.
     *
     * @throws GivenUp if everything will be refused, or if the run is over and it still fails
     */
    <T> Optional<T> make(Step<T> step) throws GivenUp, InterruptedException {
        int atTheEnd = 0;
        for (int failures = 1;; failures++) {
            try {
                return Optional.of(step.take());
            } catch (Refusal e) {
                losses.because(e.getMessage());
                if (e.total()) {
                    throw new GivenUp();
                }
                return Optional.empty();
            } catch (IOException e) {
                losses.because(Reason.of(e));
                meanwhile.run();
                if (!outbox.closing()) {
                    outbox.pause(pause(e, failures));
                } else if (++atTheEnd <= LAST) {
                    Thread.sleep(pace.pause(atTheEnd));
                } else {
                    throw new GivenUp();
                }
            }
        }
    }

    private Duration pause(IOException failure, int failures) {
        Duration own = pace.pause(failures);
        Duration asked = failure instanceof Busy busy ? busy.wait : Duration.ZERO;
        return asked.compareTo(own) < 0 ? own : asked.compareTo(pace.longest()) < 0 ? asked : pace.longest();
    }
}
