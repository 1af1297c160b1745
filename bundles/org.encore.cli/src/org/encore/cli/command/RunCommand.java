package org.encore.cli.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;

import org.encore.api.extension.Registry;
import org.encore.cli.progress.LiveProgress;
import org.encore.cli.progress.PlainProgress;
import org.encore.compare.Comparison;
import org.encore.experiment.Experiment;
import org.encore.experiment.device.Presence;
import org.encore.experiment.device.Room;
import org.encore.experiment.plan.Plan;
import org.encore.experiment.process.Folders;
import org.encore.experiment.process.Forecast;
import org.encore.experiment.process.Outlook;
import org.encore.experiment.process.Runner;
import org.encore.experiment.process.Workshop;
import org.encore.experiment.result.RunResults;
import org.encore.experiment.run.RunFolder;
import org.encore.experiment.trust.Trust;
import org.encore.report.table.Statements;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs an experiment; run again after a stop or a crash, it goes on. */
@Command(name = "run", mixinStandardHelpOptions = true,
        description = "Runs an experiment: trains, exports, measures, reports. Run again after a stop or a crash, it goes on where it stood.")
final class RunCommand implements Callable<Integer> {

    private static final double SECONDS_PER_HOUR = 3600;

    @Mixin
    private ExperimentFile file = new ExperimentFile();

    @Option(names = "--runs", paramLabel = "DIR", description = "where runs are kept (default: ${DEFAULT-VALUE})")
    private Path runs = Path.of("runs");

    @Option(names = "--trust", description = "agree, once, to the programs and addresses that the experiment names")
    private boolean trust;

    @Option(names = "--over-budget", description = "run although the estimate is over the experiment's budget")
    private boolean overBudget;

    @Mixin
    private DataFolders data = new DataFolders();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Registry registry;

    RunCommand(Registry registry) {
        this.registry = registry;
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Experiment experiment = file.read(registry);
        new Trust(Folders.configuration().resolve("trusted")).check(experiment, trust);
        try (var stop = new Stop()) {
            var telling = new Telling(out, stop);
            Workshop workshop = data.working(registry, runs, telling, spec.commandLine().getErr());
            Plan plan = Plan.of(experiment, workshop.corpora());
            telling.done();
            registry.problems().forEach(problem -> spec.commandLine().getErr().println("warning: " + problem));
            Presence.check(plan);
            Room.check(plan);
            checkBudget(plan, workshop);
            var progress = Boolean.getBoolean("encore.terminal") ? new LiveProgress(out) : new PlainProgress(out);
            return tell(Runner.run(plan, workshop, List.of(progress), stop), out);
        } catch (CancellationException e) {
            return stopped(out);
        }
    }

    private void checkBudget(Plan plan, Workshop workshop) {
        double budget = plan.experiment().header().budget().hours() * SECONDS_PER_HOUR;
        if (budget == 0 || overBudget) {
            return;
        }
        double estimate = Forecast.of(plan, workshop).seconds();
        if (estimate > budget) {
            throw new IllegalArgumentException(file + " would take about " + Outlook.about(estimate) + " here, over its budget of "
                    + Outlook.about(budget)
                    + ". Nothing was run. Look at encore plan " + file + ", raise budget.hours, or run it anyway: encore run " + file
                    + " --over-budget");
        }
    }

    private int stopped(PrintWriter out) {
        out.println("stopped. To go on: encore run " + file);
        out.flush();
        return Stop.CODE;
    }

    private int tell(Runner.Ending ending, PrintWriter out) throws IOException {
        RunFolder folder = ending.folder();
        if (ending.status().equals("stopped")) {
            return stopped(out);
        }
        RunResults results = RunResults.read(folder.path());
        out.println();
        out.println(Statements.text(results, Comparison.kept(results)));
        out.println("run folder: " + folder.path());
        if (Files.exists(folder.path().resolve(RunFolder.REPORT))) {
            out.println("report:     " + folder.path().resolve(RunFolder.REPORT));
        }
        ending.failures().forEach(f -> spec.commandLine().getErr().println("failed: " + (f.cell().isEmpty() ? "" : f.cell() + " ") + f.stage() + ": "
                + f.message()));
        return ending.failures().isEmpty() ? 0 : 1;
    }
}
