package org.encore.api.run;

import java.util.List;

import org.encore.api.option.Configurable;

/**
 * Starts the processes that do a run's work. Contributed through the extension point {@code org.encore.api.launchers}.
 *
 * @param <O> a record whose components carry {@link org.encore.api.option.Option}
 */
public interface Launcher<O extends Record> extends Configurable<O> {

    /**
     * The command line that starts a worker. Encore speaks with it over standard input and output, and it sees the same files as this process.
     *
     * @param worker the plain command line; what is returned runs it, now or later, here or elsewhere
     */
    List<String> command(O options, List<String> worker);
}
