package org.encore.cli.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;

import org.encore.api.Monitor;
import org.encore.api.extension.Registry;
import org.encore.api.option.Nearest;
import org.encore.api.task.DataFile;
import org.encore.experiment.data.files.DataCatalogue;
import org.encore.experiment.data.files.PublicData;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows and fetches public data sets. */
@Command(name = "data", mixinStandardHelpOptions = true, subcommands = DataCommand.Get.class,
        description = "Shows which public data sets the installed tasks read, which are here and where, and their licences.")
final class DataCommand implements Callable<Integer> {

    @Mixin
    private DataFolders data = new DataFolders();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Registry registry;

    DataCommand(Registry registry) {
        this.registry = registry;
    }

    @Override
    public Integer call() {
        PublicData files = data.files(true, Monitor.NONE, spec.commandLine().getErr());
        var rows = new ArrayList<List<String>>(List.of(List.of("set", "tasks", "files here", "size here", "where", "licence")));
        for (DataCatalogue.DataSet set : DataCatalogue.of(registry)) {
            List<PublicData.Found> found = set.files().stream().map(files::look).flatMap(java.util.Optional::stream).toList();
            rows.add(List.of(set.name(), String.join(", ", set.tasks()), found.size() + " of " + set.files().size(),
                    found.isEmpty() ? "" : Amounts.bytes(found.stream().mapToLong(PublicData.Found::bytes).sum()), where(found), set.licence()));
        }
        Columns.print(rows, spec.commandLine().getOut());
        return 0;
    }

    private static String where(List<PublicData.Found> found) {
        return found.isEmpty() ? "encore data get" : found.stream().allMatch(PublicData.Found::cached) ? "cache"
                : found.stream().noneMatch(PublicData.Found::cached) ? "own folder" : "own folder and cache";
    }

    /** Fetches a set before it is needed. */
    @Command(name = "get", mixinStandardHelpOptions = true, description = "Fetches a data set into the cache; what is here already is not fetched again.")
    static final class Get implements Callable<Integer> {

        @Parameters(arity = "1..*", paramLabel = "SET", description = "names of sets")
        private List<String> names = new ArrayList<>();

        @picocli.CommandLine.ParentCommand
        private DataCommand parent;

        @Override
        public Integer call() {
            List<DataCatalogue.DataSet> all = DataCatalogue.of(parent.registry);
            List<String> known = all.stream().map(DataCatalogue.DataSet::name).toList();
            names.stream().filter(name -> !known.contains(name)).findFirst().ifPresent(name -> {
                throw new IllegalArgumentException("no data set '" + name + "'. " + Nearest.suggestion(name, known));
            });
            PrintWriter out = parent.spec.commandLine().getOut();
            try (var stop = new Stop()) {
                var telling = new Telling(out, stop);
                PublicData files = parent.data.files(false, telling, parent.spec.commandLine().getErr());
                for (DataCatalogue.DataSet set : all) {
                    if (names.contains(set.name())) {
                        for (DataFile file : set.files()) {
                            Path path = files.find(file);
                            telling.done();
                            out.println(path);
                        }
                    }
                }
                return 0;
            } catch (CancellationException e) {
                out.println("stopped. The same command goes on where it stood");
                return Stop.CODE;
            }
        }
    }
}
