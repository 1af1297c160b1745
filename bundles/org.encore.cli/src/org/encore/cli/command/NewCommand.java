package org.encore.cli.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

import org.encore.api.extension.Registry;
import org.encore.experiment.NewExperiment;
import org.encore.experiment.NewExperiment.Variant;
import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a commented experiment to begin with. */
@Command(name = "new", mixinStandardHelpOptions = true, description = "Writes a commented experiment file to begin with.")
final class NewCommand implements Callable<Integer> {

    @Parameters(arity = "1", paramLabel = "NAME", description = "name of the experiment; the file is NAME.yaml")
    private String name = "";

    @Option(names = "--task", paramLabel = "TASK", description = "what is learnt; encore list task shows all (default: ${DEFAULT-VALUE})")
    private String task = "g2p-cmudict";

    @Option(names = "--variant", paramLabel = "ARCHITECTURE[:PRESET]", description = "what is compared, such as decoder-only:1m; may be repeated")
    private List<String> variants = new ArrayList<>();

    @Option(names = "--parameters", paramLabel = "N", description = "what all variants are matched on (default: ${DEFAULT-VALUE})")
    private String parameters = "0.6M";

    @Option(names = "--tokens", paramLabel = "N", description = "tokens to see in training, such as 3M")
    private String tokens = "";

    @Option(names = "--seeds", paramLabel = "LIST", description = "such as [1..3] (default: ${DEFAULT-VALUE})")
    private String seeds = "[1]";

    @Option(names = "--hours", paramLabel = "HOURS", description = "a limit to the estimated time; 0 for none (default: ${DEFAULT-VALUE})")
    private double hours;

    @Option(names = "--backend", paramLabel = "BACKEND", description = "what times are measured on; several become an axis; may be repeated")
    private List<String> backends = new ArrayList<>();

    @Option(names = "--teacher", paramLabel = "ARCHITECTURE[:PRESET]",
            description = "a model that is trained first, and that all variants learn from")
    private @Nullable String teacher;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Registry registry;

    NewCommand(Registry registry) {
        this.registry = registry;
    }

    @Override
    public Integer call() throws IOException {
        var experiment = new NewExperiment(name, task, variants.isEmpty() ? NewExperiment.USUAL : variants.stream().map(NewCommand::variant).toList(), parameters,
                tokens, seeds,
                hours, backends, Optional.ofNullable(teacher).map(NewCommand::variant));
        String text = experiment.text(registry);
        Path file = Path.of(name + ".yaml");
        if (Files.exists(file)) {
            throw new IllegalArgumentException(file + " exists already; choose another name, or remove it");
        }
        Files.writeString(file, text);
        PrintWriter out = spec.commandLine().getOut();
        out.println("wrote " + file + ". Look at what it amounts to: encore plan " + file + "   Run it: encore run " + file);
        return 0;
    }

    /** {@code decoder-only} or {@code decoder-only:1m}. */
    private static Variant variant(String text) {
        String architecture = text.replaceAll(":.*", "");
        return new Variant(architecture, architecture, text.contains(":") ? "{preset: " + text.substring(text.indexOf(':') + 1) + "}" : "");
    }
}
