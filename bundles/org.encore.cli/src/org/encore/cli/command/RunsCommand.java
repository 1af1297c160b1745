package org.encore.cli.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import org.encore.experiment.run.RunFolder;
import org.encore.experiment.run.RunStatus;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists runs. */
@Command(name = "runs", mixinStandardHelpOptions = true, description = "Lists runs, the newest first: how each stands, and what it did last.")
final class RunsCommand implements Callable<Integer> {

    @Option(names = "--runs", paramLabel = "DIR", description = "where runs are kept (default: ${DEFAULT-VALUE})")
    private Path runs = Path.of("runs");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        List<RunFolder> folders = RunFolder.list(runs);
        if (folders.isEmpty()) {
            out.println("there is no run in " + runs + ". Start one: encore run examples/quickstart.yaml");
            return 0;
        }
        var rows = new ArrayList<List<String>>(List.of(List.of("run", "state", "last sign", "what it did last")));
        Instant now = Instant.now();
        for (RunFolder folder : folders) {
            RunStatus status = RunStatus.of(folder);
            rows.add(List.of(folder.name(), status.word(), Amounts.age(Duration.between(status.last(), now)), status.doing()));
        }
        Columns.print(rows, out);
        return 0;
    }
}
