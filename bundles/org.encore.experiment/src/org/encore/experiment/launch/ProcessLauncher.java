package org.encore.experiment.launch;

import java.util.List;

import org.encore.api.run.Launcher;

/** Processes of this machine, started by this one. */
public final class ProcessLauncher implements Launcher<ProcessLauncher.Options> {

    /** There is nothing to choose. */
    public record Options() {}

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    public List<String> command(Options options, List<String> worker) {
        return worker;
    }
}
