package org.encore.cli.command;

import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.FileDescriptor;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

import org.encore.api.Monitor;
import org.encore.api.extension.Registry;
import org.encore.experiment.job.JobFile;
import org.encore.experiment.job.Worker;
import org.encore.experiment.process.Workshop;

import picocli.CommandLine.Command;

/** The process that does the jobs of a run. */
@Command(name = "worker", hidden = true, description = "Does jobs for a run: reads names of job files from standard input, tells events on standard output.")
final class WorkerCommand implements Callable<Integer> {

    private final Registry registry;

    WorkerCommand(Registry registry) {
        this.registry = registry;
    }

    @Override
    public Integer call() throws InterruptedException {
        // replies have standard output for themselves; whatever libraries print goes where errors go
        var replies = new FileOutputStream(FileDescriptor.out);
        System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.err), true));
        Workshop workshop = Workshop.of(registry, List.of(), Path.of("runs"), false, Monitor.NONE, System.err::println);
        new Worker(registry, new JobFile(registry, workshop.corpora()), replies).serve(System.in);
        return 0;
    }
}
