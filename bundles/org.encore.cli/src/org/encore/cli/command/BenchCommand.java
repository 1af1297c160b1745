package org.encore.cli.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;

import org.encore.api.extension.Registry;
import org.encore.bench.device.Hardware;
import org.encore.cli.progress.LiveProgress;
import org.encore.cli.progress.PlainProgress;
import org.encore.experiment.Experiment;
import org.encore.experiment.ExperimentReader;
import org.encore.experiment.device.MeasureMachine;
import org.encore.experiment.device.Presence;
import org.encore.experiment.device.Room;
import org.encore.experiment.plan.Plan;
import org.encore.experiment.process.Folders;
import org.encore.experiment.process.Runner;
import org.encore.experiment.process.Workshop;
import org.encore.experiment.result.RunResults;
import org.encore.experiment.run.RunFolder;
import org.encore.experiment.trust.Trust;
import org.encore.experiment.yaml.YamlReader;
import org.encore.report.table.Efficiency;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures speed and memory of an experiment's models without training them. */
@Command(name = "bench", mixinStandardHelpOptions = true, description = {
        "Measures speed and memory of an experiment's models without training them:",
        "times do not depend on the values of weights, so random ones stand for real ones.",
        "Of the experiment's stages only those that measure, predict and report are run."})
final class BenchCommand implements Callable<Integer> {

    /** What is run of any experiment. */
    private static final List<String> STAGES = List.of("benchmark", "predict", "report");
    private static final String HOME = "encore.home";

    @Parameters(arity = "0..1", paramLabel = "FILE",
            description = "an experiment file, such as examples/efficiency/lengths.yaml, which is the default")
    private Path file = Path.of(System.getProperty(HOME, ".")).resolve("examples/efficiency/lengths.yaml");

    @Option(names = "--quick", description = "with what the file's entry 'quick' changes: minutes instead of hours")
    private boolean quick;

    @Option(names = "--set", paramLabel = "OPTION=VALUE",
            description = "an option that holds over what the file says, such as benchmark.repeats=6; may be repeated")
    private List<String> settings = new ArrayList<>();

    @Option(names = "--runs", paramLabel = "DIR", description = "where runs are kept (default: ${DEFAULT-VALUE})")
    private Path runs = Path.of("runs");

    @Option(names = "--trust", description = "agree, once, to the programs and addresses that the experiment names")
    private boolean trust;

    @Mixin
    private DataFolders data = new DataFolders();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Registry registry;

    BenchCommand(Registry registry) {
        this.registry = registry;
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Experiment experiment = experiment();
        new Trust(Folders.configuration().resolve("trusted")).check(experiment, trust);
        try (var stop = new Stop()) {
            var telling = new Telling(out, stop);
            Workshop workshop = data.working(registry, runs, telling, err);
            Plan plan = Plan.of(experiment, workshop.corpora());
            telling.done();
            registry.problems().forEach(problem -> err.println("warning: " + problem));
            Presence.check(plan);
            Room.check(plan);
            MeasureMachine.here(registry, Hardware.here().threads(), text -> err.println("measuring this machine once: " + text + " ..."), stop);
            var progress = Boolean.getBoolean("encore.terminal") ? new LiveProgress(out) : new PlainProgress(out);
            return tell(Runner.run(plan, workshop, List.of(progress), stop), out, err);
        } catch (CancellationException e) {
            out.println("stopped; nothing was measured yet");
            return Stop.CODE;
        }
    }

    private Experiment experiment() {
        var all = new ArrayList<>(settings);
        all.add("stages=" + STAGES);
        String text = YamlReader.text(file);
        return quick ? ExperimentReader.readQuick(file, text, all, registry) : ExperimentReader.read(file, text, all, registry);
    }

    private int tell(Runner.Ending ending, PrintWriter out, PrintWriter err) throws IOException {
        Path folder = ending.folder().path();
        out.println();
        out.print(Efficiency.text(RunResults.read(folder)));
        out.println("run folder: " + folder);
        if (Files.exists(folder.resolve(RunFolder.REPORT))) {
            out.println("report:     " + folder.resolve(RunFolder.REPORT));
        }
        ending.failures().forEach(f -> err.println("failed: " + (f.cell().isEmpty() ? "" : f.cell() + " ") + f.stage() + ": " + f.message()));
        if (ending.status().equals("stopped")) {
            out.println("stopped: what is above was measured before; what is marked PARTIAL is measured anew by the same command");
            return Stop.CODE;
        }
        return ending.failures().isEmpty() ? 0 : 1;
    }
}
