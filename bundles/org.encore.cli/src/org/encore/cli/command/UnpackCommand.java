package org.encore.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;

import org.encore.experiment.run.RunArchive;
import org.encore.experiment.run.RunFolder;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A run from one file. */
@Command(name = "unpack", mixinStandardHelpOptions = true,
        description = "Unpacks what 'encore pack' has packed, as a run of its name. Whatever would lie outside of it is refused.")
final class UnpackCommand implements Callable<Integer> {

    @Parameters(arity = "1", paramLabel = "FILE", description = "a zip file of one run")
    private Path file = Path.of("");

    @Option(names = "--runs", paramLabel = "DIR", description = "where runs are kept (default: ${DEFAULT-VALUE})")
    private Path runs = Path.of("runs");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("there is no file " + file + "; give a zip file that 'encore pack' wrote");
        }
        try (var stop = new Stop()) {
            var telling = new Telling(spec.commandLine().getOut(), stop);
            RunFolder run;
            try {
                run = RunArchive.read(file, runs, telling);
            } finally {
                telling.done();
            }
            spec.commandLine().getOut().println("unpacked " + run.path() + ". Look at it: encore show " + run.path());
            return 0;
        } catch (CancellationException e) {
            spec.commandLine().getOut().println(e.getMessage());
            return Stop.CODE;
        }
    }
}
