package org.encore.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import org.encore.compare.Comparison;
import org.encore.experiment.result.RunResults;
import org.encore.experiment.run.EventLog;
import org.encore.experiment.run.RunFolder;
import org.encore.report.table.Statements;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what a run has found, also while it goes on. */
@Command(name = "show", mixinStandardHelpOptions = true, description = "Prints what a run has found so far; the newest run if none is named.")
final class ShowCommand implements Callable<Integer> {

    @Parameters(arity = "0..1", paramLabel = "RUN", description = "folder of a run")
    private Path run = Path.of("");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        Path folder = run.toString().isEmpty() ? newest() : run;
        if (!Files.exists(folder.resolve(EventLog.FILE))) {
            throw new IllegalArgumentException(folder + " is no run: it has no " + EventLog.FILE + ". Runs are folders below runs/.");
        }
        RunResults results = RunResults.read(folder);
        spec.commandLine().getOut().println(Statements.text(results, Comparison.kept(results)));
        return 0;
    }

    private static Path newest() throws IOException {
        return RunFolder.list(Path.of("runs")).stream().findFirst().map(RunFolder::path)
                .orElseThrow(() -> new IllegalArgumentException("there is no run below runs/ yet. Start one: encore run examples/quickstart.yaml"));
    }
}
