package org.encore.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;

import org.encore.experiment.run.RunArchive;
import org.encore.experiment.run.RunFolder;
import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A run as one file. */
@Command(name = "pack", mixinStandardHelpOptions = true, description = "Packs a run with all its results into one zip file, to be taken elsewhere.")
final class PackCommand implements Callable<Integer> {

    @Parameters(arity = "1", paramLabel = "RUN", description = "folder of a run")
    private Path run = Path.of("");

    @Option(names = "--to", paramLabel = "FILE", description = "the file (default: the run's name with .zip)")
    private @Nullable Path file;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        var folder = new RunFolder(run.toAbsolutePath().normalize());
        Path target = file == null ? Path.of(folder.name() + ".zip") : file;
        try (var stop = new Stop()) {
            var telling = new Telling(spec.commandLine().getOut(), stop);
            try {
                RunArchive.write(folder, target.toAbsolutePath(), telling);
            } finally {
                telling.done();
            }
        } catch (CancellationException e) {
            spec.commandLine().getOut().println(e.getMessage());
            return Stop.CODE;
        }
        spec.commandLine().getOut().println("packed " + folder.name() + " into " + target + ", " + Amounts.bytes(Files.size(target))
                + ". Elsewhere: encore unpack " + target.getFileName());
        return 0;
    }
}
