package org.encore.cli.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.encore.api.option.Nearest;
import org.encore.experiment.run.RunFolder;
import org.encore.plugins.install.PluginStore;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes plug-ins out of the folder, and says which runs name something of theirs. */
@Command(name = "remove", mixinStandardHelpOptions = true, description = "Removes plug-ins, and says which runs name something of theirs.")
final class PluginRemoveCommand implements Callable<Integer> {

    @Parameters(arity = "1..*", paramLabel = "NAME", description = "a name of 'encore plugin list'")
    private List<String> names = new ArrayList<>();

    @Option(names = "--runs", paramLabel = "DIR", description = "folder of runs (default: ${DEFAULT-VALUE})")
    private Path runs = Path.of("runs");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        List<LoadedPlugin> all = LoadedPlugin.all();
        List<String> known = all.stream().map(each -> each.plugin().name()).distinct().toList();
        for (String name : names) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException("no plug-in '" + name + "'. "
                        + (known.isEmpty() ? "None is installed." : Nearest.suggestion(name, known)));
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        for (LoadedPlugin each : all) {
            if (names.contains(each.plugin().name())) {
                remove(each);
                out.println("removed " + each.plugin() + " (" + each.plugin().file() + ")");
                runsThatName(each).forEach(run ->
                        out.println("  named by run " + run + ", which can be looked at, but not gone on with, until it is back"));
            }
        }
        return 0;
    }

    private static void remove(LoadedPlugin each) throws IOException {
        Path file = each.plugin().file().toAbsolutePath();
        if (each.plugin().version().isEmpty()) {
            Files.deleteIfExists(file); // no bundle, so its name is the file's
        } else {
            new PluginStore(file.getParent()).remove(each.plugin().name());
        }
    }

    private List<Path> runsThatName(LoadedPlugin each) throws IOException {
        String ids = each.contents().stream().flatMap(contents -> contents.contributions().stream()).map(c -> Pattern.quote(c.id()))
                .collect(Collectors.joining("|"));
        if (ids.isEmpty()) {
            return List.of();
        }
        var naming = Pattern.compile("(?<![\\w.-])(" + ids + ")(?![\\w.-])");
        var found = new ArrayList<Path>();
        for (RunFolder run : RunFolder.list(runs)) {
            Path resolved = run.path().resolve(RunFolder.RESOLVED);
            if (Files.isRegularFile(resolved) && naming.matcher(Files.readString(resolved)).find()) {
                found.add(run.path());
            }
        }
        return found;
    }
}
