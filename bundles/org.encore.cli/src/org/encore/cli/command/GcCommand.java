package org.encore.cli.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import org.encore.experiment.run.WholeFolder;
import org.encore.experiment.store.Waste;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes room. */
@Command(name = "gc", mixinStandardHelpOptions = true,
        description = "Removes results that no run needs, the least recently used first, and what killed processes left. Shows what would go; with --yes it goes.")
final class GcCommand implements Callable<Integer> {

    @Option(names = "--runs", paramLabel = "DIR", description = "where runs are kept (default: ${DEFAULT-VALUE})")
    private Path runs = Path.of("runs");

    @Option(names = "--quota", paramLabel = "BYTES", description = "keep what fits into this, such as 20G (default: nothing that no run needs is kept)")
    private String quota = "0";

    @Option(names = "--yes", description = "remove it")
    private boolean yes;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Waste waste = Waste.of(runs);
        List<Waste.Item> going = waste.beyond(Amounts.parse("--quota", quota));
        long bytes = going.stream().mapToLong(Waste.Item::bytes).sum();
        if (going.isEmpty()) {
            out.println("nothing to remove: " + runs.resolve("store") + " holds " + Amounts.bytes(waste.bytes()) + ", of which runs need "
                    + Amounts.bytes(waste.kept()));
            return 0;
        }
        var rows = new ArrayList<List<String>>(List.of(List.of("size", "last used", "what", "why")));
        Instant now = Instant.now();
        going.forEach(item -> rows.add(List.of(Amounts.bytes(item.bytes()), Amounts.age(Duration.between(item.used(), now)),
                item.folder().getFileName().toString(), item.why())));
        Columns.print(rows, out);
        out.println();
        if (!yes) {
            out.println(Amounts.bytes(bytes) + " of " + Amounts.bytes(waste.bytes()) + " would go. To remove it: encore gc --yes"
                    + (quota.equals("0") ? "" : " --quota " + quota));
            return 0;
        }
        for (Waste.Item item : going) {
            WholeFolder.delete(item.folder());
        }
        out.println(Amounts.bytes(bytes) + " removed, " + Amounts.bytes(waste.bytes() - bytes) + " left");
        return 0;
    }
}
