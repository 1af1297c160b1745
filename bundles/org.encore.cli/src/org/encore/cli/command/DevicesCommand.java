package org.encore.cli.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.Function;

import org.encore.api.Availability;
import org.encore.api.Unavailable;
import org.encore.api.device.NativeRuntime;
import org.encore.api.device.Probe;
import org.encore.api.extension.Contribution;
import org.encore.api.extension.ExtensionPoint;
import org.encore.api.extension.Registry;
import org.encore.bench.device.Hardware;
import org.encore.experiment.device.MachineLimits;
import org.encore.experiment.device.MeasureMachine;

import com.google.gson.GsonBuilder;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What can compute here, each tried, and how fast this machine can be at most. */
@Command(name = "devices", mixinStandardHelpOptions = true,
        description = "Shows what can compute here, each tried: this machine with its measured limits, backends and trainers; what is missing with reason and remedy.")
final class DevicesCommand implements Callable<Integer> {

    /** Of the threads that measured: from here on the limits are told to be too low. */
    private static final double BUSY_SHARE = 0.1;

    @Option(names = "--json", description = "as JSON")
    private boolean json;

    @Option(names = "--measure", description = "measure this machine's limits anew (some 10 s); they are kept after the first time")
    private boolean measure;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Registry registry;

    DevicesCommand(Registry registry) {
        this.registry = registry;
    }

    /** Something that may be here or not. */
    private record Tried(String id, Availability availability) {}

    @Override
    public Integer call() throws IOException {
        Hardware hardware = Hardware.here();
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        MachineLimits limits;
        try (var stop = new Stop()) {
            // a line for people; what is read by programs stays clean
            Consumer<String> tell = text -> {
                err.println("measuring " + text + " ...");
                err.flush();
            };
            limits = measure ? MeasureMachine.anew(registry, hardware.threads(), tell, stop) : MeasureMachine.here(registry, hardware.threads(),
                    tell, stop);
        } catch (CancellationException e) {
            out.println("stopped; nothing was kept");
            return Stop.CODE;
        }
        List<Tried> backends = tried(ExtensionPoint.BACKENDS, backend -> backend.probe());
        List<Tried> trainers = tried(ExtensionPoint.TRAINERS, trainer -> trainer.probe());
        List<Tried> probes = tried(ExtensionPoint.PROBES, Probe::probe);
        List<InUse> runtimes = registry.list(ExtensionPoint.RUNTIMES).stream().map(DevicesCommand::inUse).toList();
        if (json) {
            var all = new LinkedHashMap<String, Object>();
            all.put("machine", plain(hardware));
            all.put("limits", limits);
            all.put("runtimes", runtimes);
            all.put("backends", plain(backends));
            all.put("trainers", plain(trainers));
            all.put("probes", plain(probes));
            out.println(new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(all));
        } else {
            machine(hardware, out);
            limits(limits, out);
            out.println("\nnative runtimes, which others can take the place of (encore runtime use FOLDER)");
            Wrapped.print(runtimes.stream().map(runtime -> List.of(runtime.id(), runtime.build(), runtime.where())).toList(), out);
            section("backends, for evaluate and benchmark", backends, out);
            section("trainers", trainers, out);
            List<Tried> absent = probes.stream().filter(probe -> probe.availability() instanceof Availability.Missing).toList();
            if (!absent.isEmpty()) {
                section("what could not be measured", absent, out);
            }
        }
        registry.problems().forEach(problem -> err.println("warning: " + problem));
        return 0;
    }

    /**
     * A native runtime as this process uses it.
     *
     * @param build version, or why it does not load
     * @param where carried, or of which folder
     */
    private record InUse(String id, String build, String where) {}

    private static InUse inUse(Contribution<NativeRuntime> runtime) {
        String where = RuntimeListCommand.where(runtime.id());
        try {
            return new InUse(runtime.id(), runtime.name() + " " + runtime.get().load().version(), where);
        } catch (Unavailable missing) {
            return new InUse(runtime.id(), "does not load", where + ". " + missing.getMessage());
        }
    }

    private <T> List<Tried> tried(ExtensionPoint<T> point, Function<T, Availability> probe) {
        var all = new ArrayList<Tried>();
        for (Contribution<T> contribution : registry.list(point)) {
            try {
                all.add(new Tried(contribution.id(), probe.apply(contribution.get())));
            } catch (Contribution.BrokenContribution e) {
                all.add(new Tried(contribution.id(), new Availability.Missing(String.valueOf(e.getMessage()), "")));
            }
        }
        return all;
    }

    private static void machine(Hardware hardware, PrintWriter out) {
        out.println("this machine");
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("processor", hardware.processor() + ", " + hardware.threads() + " of " + hardware.machineThreads() + " threads (processors "
                + hardware.affinity() + (hardware.groupCores().isPresent() ? String.format(Locale.ROOT, "; a control group leaves the time of %.3g)",
                hardware.groupCores().getAsDouble())
                        : "; no limit by a control group)")));
        rows.add(List.of("instructions", hardware.instructionSet()));
        rows.add(List.of("caches", hardware.caches().isEmpty() ? "not told by this system" : String.join(", ", hardware.caches())));
        rows.add(List.of("memory", Amounts.bytes(hardware.memoryBytes())
                + (hardware.availableBytes().isPresent() ? ", " + Amounts.bytes(hardware.availableBytes().getAsLong()) + " of it free now" : "")
                + (hardware.groupMemoryBytes().isPresent() ? "; a control group leaves " + Amounts.bytes(hardware.groupMemoryBytes().getAsLong())
                        : "; no limit by a control group")));
        rows.add(List.of("NUMA", hardware.nodes().isEmpty() ? "not told by this system" : hardware.nodes().size() == 1 ? "one node"
                : hardware.nodes().size() + " nodes: " + String.join("; ", hardware.nodes().stream().map(n -> n.number() + " with processors "
                + n.processors()).toList())));
        hardware.energy().forEach(counter -> rows.add(List.of(counter.name().equals("energy") ? "energy" : "energy " + counter.name(),
                counter.availability().words())));
        Wrapped.print(rows, out);
    }

    private static void limits(MachineLimits limits, PrintWriter out) {
        out.println("\nwhat it reaches (measured " + limits.when() + ", " + limits.threads() + (limits.threads() == 1 ? " thread" : " threads")
                + "; kept until --measure)");
        var rows = new ArrayList<List<String>>();
        for (MachineLimits.Reached reached : limits.reached()) {
            boolean counts = limits.of(reached.limit()).map(reached::equals).orElse(false);
            rows.add(List.of((counts ? "* " : "  ") + reached.limit().words(), Amounts.rate(reached.best(), reached.limit().unit()), reached.probe(),
                    String.format(Locale.ROOT, "best of %d; median %s, middle half %s to %s%s", reached.attempts(), Amounts.rate(reached.median(),
                    reached.limit().unit()),
                            Amounts.rate(reached.low(), reached.limit().unit()), Amounts.rate(reached.high(), reached.limit().unit()),
                            reached.foreignCores() < 0 ? "" : String.format(Locale.ROOT, "; others used %.1f cores meanwhile",
                            reached.foreignCores()))));
        }
        Wrapped.print(rows, out);
        out.println("  * the highest of its kind: the roof that 'share of the roofline' refers to");
        if (limits.reached().stream().anyMatch(reached -> reached.foreignCores() > BUSY_SHARE * limits.threads())) {
            out.println("  Others kept this machine busy while it was measured: it can do more. On a quiet machine: encore devices --measure");
        }
    }

    private static void section(String title, List<Tried> all, PrintWriter out) {
        out.println("\n" + title);
        Wrapped.print(all.stream().map(tried -> List.of(tried.id(), tried.availability() instanceof Availability.Present ? "here" : "not here",
                tried.availability().words())).toList(), out);
    }

    private static Map<String, Object> plain(Hardware hardware) {
        var plain = new LinkedHashMap<String, Object>();
        plain.put("processor", hardware.processor());
        plain.put("threads", hardware.threads());
        plain.put("machineThreads", hardware.machineThreads());
        plain.put("affinity", hardware.affinity());
        hardware.groupCores().ifPresent(cores -> plain.put("groupCores", cores));
        plain.put("instructionSet", hardware.instructionSet());
        plain.put("caches", hardware.caches());
        plain.put("memoryBytes", hardware.memoryBytes());
        hardware.groupMemoryBytes().ifPresent(bytes -> plain.put("groupMemoryBytes", bytes));
        hardware.availableBytes().ifPresent(bytes -> plain.put("availableBytes", bytes));
        plain.put("nodes", hardware.nodes());
        plain.put("energy", plain(hardware.energy().stream().map(counter -> new Tried(counter.name(), counter.availability())).toList()));
        return plain;
    }

    private static List<Map<String, Object>> plain(List<Tried> all) {
        return all.stream().map(tried -> {
            var plain = new LinkedHashMap<String, Object>();
            plain.put("id", tried.id());
            switch (tried.availability()) {
                case Availability.Present present -> {
                    plain.put("here", true);
                    plain.put("what", present.description());
                }
                case Availability.Missing missing -> {
                    plain.put("here", false);
                    plain.put("reason", missing.reason());
                    plain.put("remedy", missing.remedy());
                }
            }
            return (Map<String, Object>) plain;
        }).toList();
    }
}
