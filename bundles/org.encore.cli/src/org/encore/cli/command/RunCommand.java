package org.encore.cli.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.encore.api.extension.Registry;
import org.encore.cli.progress.LiveProgress;
import org.encore.cli.progress.PlainProgress;
import org.encore.experiment.Experiment;
import org.encore.experiment.plan.Plan;
import org.encore.experiment.process.Folders;
import org.encore.experiment.process.Runner;
import org.encore.experiment.process.Workshop;
import org.encore.experiment.result.RunResults;
import org.encore.experiment.run.RunFolder;
import org.encore.experiment.trust.Trust;
import org.encore.report.table.ResultTable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs an experiment; run again after a stop or a crash, it goes on. */
@Command(name = "run", mixinStandardHelpOptions = true,
        description = "Runs an experiment: trains, exports, measures, reports. Run again after a stop or a crash, it goes on where it stood.")
final class RunCommand implements Callable<Integer> {

    private static final int STOPPED = 130;
    /** Longest wait for a stage to notice that it should stop, before the process ends anyway. */
    private static final int PATIENCE_SECONDS = 30;

    @Mixin
    private ExperimentFile file = new ExperimentFile();

    @Option(names = "--runs", paramLabel = "DIR", description = "where runs are kept (default: ${DEFAULT-VALUE})")
    private Path runs = Path.of("runs");

    @Option(names = "--trust", description = "agree, once, to the programs and addresses that the experiment names")
    private boolean trust;

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
        Workshop workshop = Workshops.of(registry, runs);
        Plan plan = Plan.of(experiment, workshop.corpora());
        registry.problems().forEach(problem -> spec.commandLine().getErr().println("warning: " + problem));

        var stop = new AtomicBoolean();
        var ended = new CountDownLatch(1);
        var hook = new Thread(() -> {
            stop.set(true);
            try {
                ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }, "stop the run");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            var progress = Boolean.getBoolean("encore.terminal") ? new LiveProgress(out) : new PlainProgress(out);
            Runner.Ending ending = Runner.run(plan, workshop, List.of(progress), stop::get);
            return tell(ending, out);
        } finally {
            ended.countDown();
            if (!stop.get()) {
                Runtime.getRuntime().removeShutdownHook(hook);
            }
        }
    }

    private int tell(Runner.Ending ending, PrintWriter out) throws IOException {
        RunFolder folder = ending.folder();
        if (ending.status().equals("stopped")) {
            out.println("stopped. To go on: encore run " + file);
            out.flush();
            return STOPPED;
        }
        out.println();
        out.println(ResultTable.text(RunResults.read(folder.path())));
        out.println("run folder: " + folder.path());
        if (java.nio.file.Files.exists(folder.path().resolve(RunFolder.REPORT))) {
            out.println("report:     " + folder.path().resolve(RunFolder.REPORT));
        }
        ending.failures().forEach(f -> spec.commandLine().getErr().println("failed: " + (f.cell().isEmpty() ? "" : f.cell() + " ") + f.stage() + ": " + f.message()));
        return ending.failures().isEmpty() ? 0 : 1;
    }
}
