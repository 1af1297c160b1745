package org.encore.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import org.encore.api.extension.Registry;
import org.encore.experiment.benchmark.MemoryProbe;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The process that a benchmark starts to measure memory: loads one model, generates, prints its own peak. */
@Command(name = "peak-memory", hidden = true, description = "Loads and runs one model and prints the process's peak resident memory in bytes.")
final class PeakMemoryCommand implements Callable<Integer> {

    @Parameters(arity = "1", paramLabel = "REQUEST", description = "a request that the benchmark stage wrote")
    private Path request = Path.of("");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Registry registry;

    PeakMemoryCommand(Registry registry) {
        this.registry = registry;
    }

    @Override
    public Integer call() throws IOException {
        spec.commandLine().getOut().println(MemoryProbe.measure(request, registry));
        return 0;
    }
}
