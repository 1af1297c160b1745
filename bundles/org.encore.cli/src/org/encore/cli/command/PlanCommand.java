package org.encore.cli.command;

import java.io.PrintWriter;
import java.nio.file.Path;

import org.encore.api.extension.Registry;
import org.encore.experiment.Experiment;
import org.encore.experiment.Primary;
import org.encore.experiment.matrix.Axis;
import org.encore.experiment.process.Outlook;
import org.encore.experiment.process.Workshop;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what an experiment amounts to, and runs nothing. */
@Command(name = "plan", mixinStandardHelpOptions = true,
        description = "Shows what an experiment amounts to: models, what they were matched on, what is done already, and how long the rest would take here.")
final class PlanCommand implements Runnable {

    @Mixin
    private ExperimentFile file = new ExperimentFile();

    @Option(names = "--runs", paramLabel = "DIR", description = "where runs are kept (default: ${DEFAULT-VALUE})")
    private Path runs = Path.of("runs");

    @Mixin
    private DataFolders data = new DataFolders();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Registry registry;

    PlanCommand(Registry registry) {
        this.registry = registry;
    }

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        Workshop workshop = data.looking(registry, runs, spec.commandLine().getErr());
        Experiment experiment = file.read(workshop);
        Outlook outlook = Outlook.of(experiment, workshop);
        outlook.plan().cells().stream().map(cell -> cell.corpus().data().description()).distinct().forEach(out::println);
        out.println();
        matrix(experiment, outlook, out);
        Columns.print(Outlook.receipts(outlook.plan()), out);
        out.println(Outlook.lengths(outlook.plan().receipts()));
        out.println();
        outlook.tuning().ifPresent(out::println);
        Columns.print(outlook.stages(), out);
        out.println(outlook.time());
        outlook.budget().ifPresent(out::println);
    }

    private static void matrix(Experiment experiment, Outlook outlook, PrintWriter out) {
        out.println(outlook.models());
        for (Axis axis : experiment.axes()) {
            out.println("  " + axis.name() + ": " + String.join(", ", axis.values().stream().map(Axis.Value::label).toList()));
        }
        experiment.header().primary().ifPresent(primary -> out.println("question: " + primary.contrast().get(0) + " against " + primary.contrast().get(1)
                + (primary.against().isEmpty() ? "" : ", more than " + primary.against().get(0) + " against " + primary.against().get(1))
                + " by " + (primary.metric().equals(Primary.FIRST_METRIC) ? "the task's first metric" : primary.metric()) + " on " + primary.split()
                + ", margin " + primary.margin()));
        out.println();
    }
}
