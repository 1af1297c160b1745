package org.encore.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.encore.api.extension.Registry;
import org.encore.experiment.Experiment;
import org.encore.experiment.plan.Plan;
import org.encore.experiment.plan.Receipt;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Checks an experiment and shows what it amounts to, without running it. */
@Command(name = "validate", mixinStandardHelpOptions = true, description = "Checks an experiment file and shows what would be trained, without running it.")
final class ValidateCommand implements Runnable {

    @Mixin
    private ExperimentFile file = new ExperimentFile();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Registry registry;

    ValidateCommand(Registry registry) {
        this.registry = registry;
    }

    @Override
    public void run() {
        Experiment experiment = file.read(registry);
        Plan plan = Plan.of(experiment, Workshops.of(registry, Path.of("runs")).corpora());
        var out = spec.commandLine().getOut();
        plan.cells().stream().map(cell -> cell.corpus().data().description()).distinct().forEach(out::println);
        out.println();
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("variant", "parameters", "MFLOP (modelled)", "kB per decoded token (modelled)", "matched on"));
        for (Receipt receipt : plan.receipts()) {
            rows.add(List.of(receipt.variant(), String.format(Locale.ROOT, "%,d", receipt.parameters()),
                    String.format(Locale.ROOT, "%.1f", receipt.flops() / 1e6), String.format(Locale.ROOT, "%.0f", receipt.decodeBytes() / 1e3),
                    receipt.quantity().equals("nothing") ? "nothing"
                            : String.format(Locale.ROOT, "%s %,d (%+.2f %%)", receipt.quantity(), receipt.goal(), receipt.deviation())));
        }
        Columns.print(rows, out);
        Receipt first = plan.receipts().getFirst();
        out.println("FLOPs and bytes to read " + first.source() + " and write " + first.target() + " tokens; matrix products only, caches on.");
        out.println();
        out.println(file + " is fine: " + plan.cells().size() + " models, stages "
                + String.join(", ", experiment.stages()) + ".");
    }
}
