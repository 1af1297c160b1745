package org.encore.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.encore.api.Counted;
import org.encore.api.extension.Registry;
import org.encore.experiment.Experiment;
import org.encore.experiment.plan.Plan;
import org.encore.experiment.process.Outlook;
import org.encore.experiment.process.Workshop;
import org.encore.experiment.plan.Receipt;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Checks an experiment and shows what it amounts to, without running it. */
@Command(name = "validate", mixinStandardHelpOptions = true,
        description = "Checks an experiment file and shows what would be trained, without running it.")
final class ValidateCommand implements Runnable {

    @Mixin
    private ExperimentFile file = new ExperimentFile();

    @Mixin
    private DataFolders data = new DataFolders();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Registry registry;

    ValidateCommand(Registry registry) {
        this.registry = registry;
    }

    @Override
    public void run() {
        Workshop workshop = data.looking(registry, Path.of("runs"), spec.commandLine().getErr());
        Experiment experiment = file.read(workshop);
        Plan plan = Plan.of(experiment, workshop.corpora());
        var out = spec.commandLine().getOut();
        plan.cells().stream().map(cell -> cell.corpus().data().description()).distinct().forEach(out::println);
        out.println();
        Columns.print(Outlook.receipts(plan), out);
        out.println(Outlook.lengths(plan.receipts()));
        out.println();
        out.println(file + " is fine: " + Counted.of(plan.cells().size(), "model") + ", stages " + String.join(", ", experiment.stages()) + ".");
    }
}
