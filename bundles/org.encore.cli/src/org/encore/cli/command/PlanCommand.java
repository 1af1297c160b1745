package org.encore.cli.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

import org.encore.api.extension.Registry;
import org.encore.experiment.Experiment;
import org.encore.experiment.Primary;
import org.encore.experiment.matrix.Axis;
import org.encore.experiment.plan.Plan;
import org.encore.experiment.plan.Receipt;
import org.encore.experiment.process.Forecast;
import org.encore.experiment.process.Workshop;
import org.encore.experiment.tune.Trials;

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
        Experiment experiment = file.read(registry);
        Workshop workshop = data.looking(registry, runs, spec.commandLine().getErr());
        Plan plan = Plan.of(experiment, workshop.corpora());
        plan.cells().stream().map(cell -> cell.corpus().data().description()).distinct().forEach(out::println);
        out.println();
        matrix(experiment, plan, out);
        Receipts.print(plan, out);
        out.println();
        double tuning = tuning(plan, workshop, out);
        Forecast forecast = Forecast.of(plan, workshop);
        stages(forecast, out);
        double seconds = forecast.seconds() + tuning;
        boolean guessed = forecast.lines().stream().anyMatch(line -> line.basis() == 0 && line.seconds() > 60);
        out.println("about " + Amounts.about(seconds) + " on this machine (modelled" + (guessed ? "; a rough guess where nothing like it has run here yet" : "") + ")");
        double budget = experiment.header().budget().hours() * 3600;
        if (budget > 0) {
            out.println(seconds <= budget ? "within the budget of " + Amounts.about(budget) : "OVER the budget of " + Amounts.about(budget));
        }
    }

    private static void matrix(Experiment experiment, Plan plan, PrintWriter out) {
        out.println(plan.cells().size() + " models: " + experiment.variants().size() + " variants × " + experiment.header().seeds().size() + " seeds"
                + String.join("", experiment.axes().stream().map(axis -> " × " + axis.values().size() + " " + axis.name()).toList()));
        for (Axis axis : experiment.axes()) {
            out.println("  " + axis.name() + ": " + String.join(", ", axis.values().stream().map(Axis.Value::label).toList()));
        }
        experiment.header().primary().ifPresent(primary -> out.println("question: " + primary.contrast().get(0) + " against " + primary.contrast().get(1)
                + " by " + (primary.metric().equals(Primary.FIRST_METRIC) ? "the task's first metric" : primary.metric()) + " on " + primary.split() + ", margin " + primary.margin()));
        out.println();
    }

    private double tuning(Plan plan, Workshop workshop, PrintWriter out) {
        if (plan.experiment().tuning().isEmpty()) {
            return 0;
        }
        Trials trials = Trials.of(plan, registry);
        double seconds = 0;
        for (var variant : trials.cells().entrySet()) {
            seconds += Forecast.of(Plan.of(plan.experiment().of(variant.getValue()), Trials.STAGES, workshop.corpora()), workshop).seconds();
        }
        out.println("tuning first: " + trials.combinations().size() + " trials for each variant, about " + Amounts.about(seconds)
                + "; what it chooses may change what is done already");
        return seconds;
    }

    private static void stages(Forecast forecast, PrintWriter out) {
        var rows = new ArrayList<List<String>>(List.of(List.of("stage", "jobs", "done", "to do", "estimate", "basis")));
        for (Forecast.Line line : forecast.lines()) {
            rows.add(List.of(line.stage(), count(line.jobs()), count(line.cached()), count(line.jobs() - line.cached()), Amounts.about(line.seconds()),
                    line.jobs() == line.cached() ? "" : line.basis() == 0 ? "guess" : "earlier jobs"));
        }
        Columns.print(rows, out);
    }

    private static String count(int number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** What was matched, as a table. */
    static final class Receipts {

        private Receipts() {}

        static void print(Plan plan, PrintWriter out) {
            var rows = new ArrayList<List<String>>();
            rows.add(List.of("variant", "parameters", "MFLOP (modelled)", "kB per decoded token (modelled)", "matched on"));
            Iterator<String> places = plan.places().iterator();
            for (Receipt receipt : plan.receipts()) {
                String place = places.next();
                rows.add(List.of(receipt.variant() + (place.isEmpty() ? "" : " " + place), String.format(Locale.ROOT, "%,d", receipt.parameters()),
                        String.format(Locale.ROOT, "%.1f", receipt.flops() / 1e6), String.format(Locale.ROOT, "%.0f", receipt.decodeBytes() / 1e3),
                        receipt.quantity().equals("nothing") ? "nothing"
                                : String.format(Locale.ROOT, "%s %,d (%+.2f %%)", receipt.quantity(), receipt.goal(), receipt.deviation())));
            }
            Columns.print(rows, out);
            Receipt first = plan.receipts().getFirst();
            out.println("FLOPs and bytes to read " + first.source() + " and write " + first.target() + " tokens; matrix products only, caches on.");
        }
    }
}
