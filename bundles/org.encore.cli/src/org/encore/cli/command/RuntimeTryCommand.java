package org.encore.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import org.encore.api.extension.ExtensionPoint;
import org.encore.api.extension.Registry;
import org.encore.experiment.device.RuntimeTrial;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The process that {@code encore runtime use} starts: loads the build that it is given, and writes what it found. */
@Command(name = "try", hidden = true, description = "Loads a native runtime and writes what it found to a file.")
final class RuntimeTryCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "ID", description = "of the runtime")
    private String id = "";

    @Parameters(index = "1", paramLabel = "FILE", description = "what is written")
    private Path answer = Path.of("");

    private final Registry registry;

    RuntimeTryCommand(Registry registry) {
        this.registry = registry;
    }

    @Override
    public Integer call() throws IOException {
        RuntimeTrial.answer(registry.find(ExtensionPoint.RUNTIMES, id).get(), answer);
        return 0;
    }
}
