package org.encore.cli.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import org.encore.api.Availability;
import org.encore.api.extension.Contribution;
import org.encore.api.extension.ExtensionPoint;
import org.encore.api.extension.Registry;
import org.encore.api.inference.Backend;
import org.encore.api.training.Trainer;
import org.encore.bench.ControlGroup;
import org.encore.bench.Machine;
import org.encore.experiment.process.Folders;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Looks whether everything is here that Encore needs. */
@Command(name = "doctor", mixinStandardHelpOptions = true, description = "Looks what is missing on this machine, and says how to get it.")
final class DoctorCommand implements Callable<Integer> {

    private static final int MISSING = 3;
    /** Named by every stage that generates, unless an experiment names another. */
    private static final String USUAL_BACKEND = "ort-cpu";
    private static final long ROOM = 3_000_000_000L;
    private static final long LITTLE_MEMORY = 4_000_000_000L;

    @Option(names = "--runs", paramLabel = "DIR", description = "where runs are kept (default: ${DEFAULT-VALUE})")
    private Path runs = Path.of("runs");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Registry registry;
    private final List<List<String>> rows = new ArrayList<>();
    private boolean missing;

    DoctorCommand(Registry registry) {
        this.registry = registry;
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        fine("Java", System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
        processor();
        memory();
        folder("runs", runs);
        folder("cache", Folders.cache());
        folder("temporary files", Path.of(System.getProperty("java.io.tmpdir")));
        display();
        for (Contribution<Trainer<?>> trainer : registry.list(ExtensionPoint.TRAINERS)) {
            probe("trainer " + trainer.id(), () -> trainer.get().probe());
        }
        backends();
        ExtensionPoint.ALL.forEach(registry::all);
        registry.problems().forEach(problem -> bad("plug-in", problem));
        Columns.print(rows, out);
        out.println();
        out.println(missing ? "Something is missing; see above." : "Everything is here.");
        return missing ? MISSING : 0;
    }

    /** One that generates is needed; what the others need is a matter of 'encore devices'. */
    private void backends() {
        var absent = new ArrayList<String>();
        for (Contribution<Backend<?>> backend : registry.list(ExtensionPoint.BACKENDS)) {
            try {
                switch (backend.get().probe()) {
                    case Availability.Present present -> fine("backend " + backend.id(), present.description());
                    case Availability.Missing missed -> absent.add(backend.id());
                }
            } catch (Contribution.BrokenContribution e) {
                // told among the problems of plug-ins
            }
        }
        if (absent.contains(USUAL_BACKEND)) {
            probe("backend " + USUAL_BACKEND, () -> registry.find(ExtensionPoint.BACKENDS, USUAL_BACKEND).get().probe());
        }
        if (!absent.isEmpty()) {
            note("other backends", String.join(", ", absent) + ": not on this machine; encore devices says why");
        }
    }

    private void fine(String what, String how) {
        rows.add(List.of("ok", what, how));
    }

    private void note(String what, String how) {
        rows.add(List.of("note", what, how));
    }

    private void bad(String what, String how) {
        missing = true;
        rows.add(List.of("MISSING", what, how));
    }

    private void processor() {
        String cores = Runtime.getRuntime().availableProcessors() + " cores, " + Machine.instructionSet();
        ControlGroup group = ControlGroup.ofThisProcess();
        fine("processor", cores + (group.cores().isPresent() ? ", limited to " + group.cores().getAsDouble() + " cores by a control group" : ""));
    }

    private void memory() {
        ControlGroup group = ControlGroup.ofThisProcess();
        long machine = Machine.memoryBytes();
        long bytes = Math.min(machine, group.memoryBytes().orElse(machine));
        String text = Amounts.bytes(bytes) + (bytes < machine ? " of " + Amounts.bytes(machine) + ", limited by a control group" : "");
        if (bytes < LITTLE_MEMORY) {
            note("memory", text + ". Small models train in this; for 330 million parameters and more give the process more.");
        } else {
            fine("memory", text);
        }
    }

    private void folder(String what, Path folder) {
        Path there = folder.toAbsolutePath();
        while (there != null && !Files.exists(there)) {
            there = there.getParent();
        }
        try {
            if (there == null || !Files.isWritable(there)) {
                bad(what, folder + " cannot be written to. Name another folder, or permit it: chmod u+w " + there);
                return;
            }
            long room = Files.getFileStore(there).getUsableSpace();
            if (room < ROOM) {
                note(what, folder + ": only " + Amounts.bytes(room) + " left. encore gc makes room among results.");
            } else {
                fine(what, folder + ", " + Amounts.bytes(room) + " left");
            }
        } catch (IOException e) {
            bad(what, folder + ": " + e.getMessage());
        }
    }

    private void display() {
        boolean display = System.getenv("DISPLAY") != null || System.getenv("WAYLAND_DISPLAY") != null;
        if (display) {
            fine("display", "encore workbench opens a window");
        } else {
            note("display", "none: encore workbench needs one (ssh -X, or a desktop). Everything else works without.");
        }
    }

    private interface Probe {
        Availability ask();
    }

    private void probe(String what, Probe probe) {
        try {
            switch (probe.ask()) {
                case Availability.Present present -> fine(what, present.description());
                case Availability.Missing absent -> bad(what, absent.words());
            }
        } catch (Contribution.BrokenContribution e) {
            // told among the problems of plug-ins
        }
    }
}
