package org.encore.cli.command;

import java.util.ArrayList;
import java.util.List;

import org.encore.api.extension.Contribution;
import org.encore.api.extension.ExtensionPoint;
import org.encore.api.extension.Registry;
import org.encore.api.option.Nearest;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what bundles contribute. */
@Command(name = "list", mixinStandardHelpOptions = true, description = "Shows what is installed: architectures, tasks, backends …")
final class ListCommand implements Runnable {

    @Parameters(arity = "0..1", paramLabel = "KIND", description = "only this kind, such as architecture or backend")
    private String kind = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Registry registry;

    ListCommand(Registry registry) {
        this.registry = registry;
    }

    @Override
    public void run() {
        List<ExtensionPoint<?>> points = kind.isEmpty() ? ExtensionPoint.ALL : List.of(point());
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("kind", "id", "what it is", "bundle", "version"));
        for (ExtensionPoint<?> point : points) {
            for (Contribution<?> c : registry.list(point)) {
                rows.add(List.of(point.kind(), c.id(), c.description().isEmpty() ? c.name() : c.description(), c.bundle(), c.version()));
            }
        }
        Columns.print(rows, spec.commandLine().getOut());
        registry.problems().forEach(problem -> spec.commandLine().getErr().println("warning: " + problem));
    }

    private ExtensionPoint<?> point() {
        List<String> kinds = ExtensionPoint.ALL.stream().map(ExtensionPoint::kind).toList();
        return ExtensionPoint.ALL.stream().filter(p -> p.kind().equals(kind) || (p.kind() + "s").equals(kind) || p.id().endsWith("." + kind)).findFirst()
                .orElseThrow(() -> new ParameterException(spec.commandLine(), "no kind '" + kind + "'. " + Nearest.suggestion(kind, kinds)));
    }
}
