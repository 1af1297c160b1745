package org.encore.cli.command;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.BooleanSupplier;

import org.encore.api.Monitor;

/** How far long work is, as a line that changes on a terminal, else as a line now and then. */
final class Telling implements Monitor {

    private static final long TERMINAL_MILLIS = 200;
    private static final long LOG_MILLIS = 10_000;

    private final PrintWriter out;
    private final BooleanSupplier stop;
    private final boolean terminal = Boolean.getBoolean("encore.terminal");
    private long told = System.nanoTime();

    Telling(PrintWriter out, BooleanSupplier stop) {
        this.out = out;
        this.stop = stop;
    }

    @Override
    public synchronized void progress(long done, long total, String unit) {
        long millis = (System.nanoTime() - told) / 1_000_000;
        if (millis < (terminal ? TERMINAL_MILLIS : LOG_MILLIS)) {
            return;
        }
        told = System.nanoTime();
        String text = unit.equals("bytes") ? Amounts.bytes(done) + (total > 0 ? " of " + Amounts.bytes(total) : "")
                : String.format(Locale.ROOT, total > 0 ? "%,d of %,d %s" : "%,d %3$s", done, total, unit);
        out.print(terminal ? "\r\u001b[K  " + text : "  " + text + "\n");
        out.flush();
    }

    @Override
    public boolean cancelled() {
        return stop.getAsBoolean();
    }

    /** Clears the line that changes. */
    void done() {
        if (terminal) {
            out.print("\r\u001b[K");
            out.flush();
        }
    }
}
