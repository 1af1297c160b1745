package org.encore.cli.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import org.encore.api.extension.Contribution;
import org.encore.api.extension.ExtensionPoint;
import org.encore.api.extension.Registry;
import org.encore.api.option.Nearest;
import org.encore.api.option.OptionDocs;
import org.encore.api.run.Stage;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a commented experiment to begin with. */
@Command(name = "new", mixinStandardHelpOptions = true, description = "Writes a commented experiment file to begin with.")
final class NewCommand implements Callable<Integer> {

    private static final int COMMENT_COLUMN = 34;

    @Parameters(arity = "1", paramLabel = "NAME", description = "name of the experiment; the file is NAME.yaml")
    private String name = "";

    @Option(names = "--task", paramLabel = "TASK", description = "what is learnt; encore list task shows all (default: ${DEFAULT-VALUE})")
    private String task = "g2p-cmudict";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Registry registry;

    NewCommand(Registry registry) {
        this.registry = registry;
    }

    @Override
    public Integer call() throws IOException {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
            throw new IllegalArgumentException("'" + name + "' becomes the name of a file: give letters, digits, dots, hyphens and underscores");
        }
        List<String> tasks = registry.list(ExtensionPoint.TASKS).stream().map(Contribution::id).toList();
        if (!tasks.contains(task)) {
            throw new IllegalArgumentException("no task '" + task + "'. " + Nearest.suggestion(task, tasks));
        }
        Path file = Path.of(name + ".yaml");
        if (Files.exists(file)) {
            throw new IllegalArgumentException(file + " exists already; choose another name, or remove it");
        }
        Files.writeString(file, text(tasks));
        PrintWriter out = spec.commandLine().getOut();
        out.println("wrote " + file + ". Look at what it amounts to: encore plan " + file + "   Run it: encore run " + file);
        return 0;
    }

    private String text(List<String> tasks) {
        var lines = new ArrayList<String>();
        lines.add("# An experiment. What may stand in here: encore explain experiment; options of a part: encore explain train");
        lines.add("# Editors complete it: encore schema > experiment.schema.json");
        lines.add("# yaml-language-server: $schema=experiment.schema.json");
        lines.add("name: " + name);
        String others = String.join(", ", tasks.stream().filter(t -> !t.equals(task)).toList());
        lines.add(commented("task: " + task, others.isEmpty() ? "" : "others here: " + others));
        lines.add("");
        lines.add(commented("match: {parameters: 0.6M}", "widths are solved until all variants have this many; or flops, or decodeBytes"));
        lines.add("");
        lines.add(commented("variants:", "what is compared: " + registry.list(ExtensionPoint.ARCHITECTURES).stream().map(Contribution::id).collect(Collectors.joining(", "))));
        lines.add("  dec: {decoder-only: {layers: 6}}");
        lines.add("  encdec: {encoder-decoder: {encoderLayers: 4, decoderLayers: 2}}");
        lines.add("");
        lines.add(commented("seeds: [1]", "one seed says something of these models only; [1..6] of their architectures"));
        lines.add("# matrix:                         # further axes; any option can be one");
        lines.add("#   train.learningRate: [1e-3, 2e-3, 4e-3]");
        lines.add("# tune: {over: {train.learningRate: [1e-3, 2e-3, 4e-3]}}   # or let every variant choose its own, by the same trials");
        lines.add("# primary: {metric: wer, contrast: [encdec, dec], margin: 1.0}   # the question, fixed before the run; it gets the only p-value");
        lines.add("");
        for (String id : List.of("train", "evaluate", "benchmark")) {
            stage(registry.find(ExtensionPoint.STAGES, id), lines);
        }
        return String.join("\n", lines) + "\n";
    }

    /** The first options of a stage with their defaults, each with its help. */
    private static void stage(Contribution<Stage<?>> stage, List<String> lines) {
        lines.add(commented(stage.id() + ":", stage.description()));
        OptionDocs.of(stage.get().optionsType()).stream().filter(line -> !line.name().contains(".") && !line.standard().isEmpty()).limit(5)
                .forEach(line -> lines.add(commented("  " + line.name() + ": " + line.standard(), line.help())));
    }

    private static String commented(String text, String comment) {
        return comment.isBlank() ? text : text + " ".repeat(Math.max(1, COMMENT_COLUMN - text.length())) + "# " + comment;
    }
}
