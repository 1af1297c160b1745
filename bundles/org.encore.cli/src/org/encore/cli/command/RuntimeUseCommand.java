package org.encore.cli.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.encore.api.Availability;
import org.encore.api.device.NativeRuntime;
import org.encore.api.extension.Contribution;
import org.encore.api.extension.ExtensionPoint;
import org.encore.api.extension.Registry;
import org.encore.experiment.device.RuntimeSettings;
import org.encore.experiment.device.RuntimeTrial;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tries a build of a native runtime and, if it works here, remembers it. */
@Command(name = "use", mixinStandardHelpOptions = true,
        description = "Tries the build of a native runtime in a folder, in a process of its own; if it works, it is used from now on.")
final class RuntimeUseCommand implements Callable<Integer> {

    /** How deep below a folder that holds no build one is looked for, to name it. */
    private static final int DEPTH = 6;

    @Parameters(arity = "1", paramLabel = "FOLDER", description = "the folder with its libraries")
    private Path folder = Path.of("");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Registry registry;

    RuntimeUseCommand(Registry registry) {
        this.registry = registry;
    }

    @Override
    public Integer call() throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException("there is no folder " + folder);
        }
        Path whole = folder.toRealPath();
        PrintWriter out = spec.commandLine().getOut();
        RuntimeSettings settings = RuntimeSettings.ofUser();
        for (Contribution<NativeRuntime> runtime : recognised(whole)) {
            NativeRuntime.Loaded loaded = RuntimeTrial.of(runtime.id(), whole);
            settings.choose(runtime.id(), whole);
            out.println(runtime.name() + " " + loaded.version() + " in " + whole + " works, and is used from now on.");
            print(loaded, out);
            out.println("To go back to the build that Encore carries: encore runtime forget " + runtime.id());
        }
        return 0;
    }

    static void print(NativeRuntime.Loaded loaded, PrintWriter out) {
        Wrapped.print(loaded.parts().stream().map(part -> List.of(part.name(), part.availability() instanceof Availability.Present ? "here" : "not here",
                part.availability().words())).toList(), out);
    }

    private List<Contribution<NativeRuntime>> recognised(Path whole) throws IOException {
        List<Contribution<NativeRuntime>> all = registry.list(ExtensionPoint.RUNTIMES);
        var recognised = new ArrayList<Contribution<NativeRuntime>>();
        for (Contribution<NativeRuntime> runtime : all) {
            List<String> files = runtime.get().files();
            if (Files.exists(whole.resolve(files.getFirst()))) {
                List<String> missing = files.stream().filter(file -> Files.notExists(whole.resolve(file))).toList();
                if (!missing.isEmpty()) {
                    throw new IllegalArgumentException(whole + " has " + files.getFirst() + " but no " + String.join(" and no ", missing)
                            + ", of the same build, by which Java calls it. Put it into the folder (docs/devices.md).");
                }
                recognised.add(runtime);
            }
        }
        if (recognised.isEmpty()) {
            throw new IllegalArgumentException(whole + " holds no build of a native runtime: expected "
                    + all.stream().map(runtime -> runtime.get().files().getFirst() + " (" + runtime.name() + ")").collect(Collectors.joining(" or ")) + "."
                    + below(whole, all.stream().map(runtime -> runtime.get().files().getFirst()).toList()));
        }
        return recognised;
    }

    /** Archives have their libraries some folders down. */
    private static String below(Path whole, List<String> libraries) throws IOException {
        try (Stream<Path> files = Files.find(whole, DEPTH, (file, attributes) -> libraries.contains(file.getFileName().toString()))) {
            return files.findFirst().map(file -> " Did you mean " + file.getParent() + "?").orElse("");
        } catch (java.io.UncheckedIOException e) {
            return "";   // some folder below may not be read
        }
    }
}
