package org.encore.experiment.launch;

import java.util.ArrayList;
import java.util.List;

import org.encore.api.option.Contact;
import org.encore.api.option.Option;
import org.encore.api.run.Launcher;

/** Processes started by a program of the user's, such as {@code srun} on a cluster: it gets the worker's command line as its last arguments. */
public final class ProgramLauncher implements Launcher<ProgramLauncher.Options> {

    /** @param command program and arguments */
    public record Options(@Option(help = "program and its arguments, such as [srun, --cpus-per-task=4]; the worker's command line comes after them")
            List<String> command) {

        public Options {
            if (command.isEmpty() || command.getFirst().isBlank()) {
                throw new IllegalArgumentException("command is empty: give a program and its arguments, such as [srun, --cpus-per-task=4]");
            }
        }
    }

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    public List<Contact> contacts(Options options) {
        return List.of(new Contact.Program(options.command()));
    }

    @Override
    public List<String> command(Options options, List<String> worker) {
        var line = new ArrayList<>(options.command());
        line.addAll(worker);
        return line;
    }
}
