package org.encore.cli.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.encore.api.extension.Contribution;
import org.encore.api.extension.ExtensionPoint;
import org.encore.api.extension.Registry;
import org.encore.api.Availability;
import org.encore.api.inference.Backend;
import org.encore.api.option.Configurable;
import org.encore.api.option.Nearest;
import org.encore.api.option.OptionDocs;
import org.encore.api.training.Trainer;
import org.encore.experiment.ExperimentReader;
import org.encore.experiment.Header;
import org.encore.experiment.Sections;
import org.encore.experiment.export.Attended;
import org.encore.experiment.export.TrainedModel;
import org.encore.experiment.imported.ImportedModel;
import org.encore.experiment.yaml.YamlWriter;
import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the options of something, with defaults, units and an example. */
@Command(name = "explain", mixinStandardHelpOptions = true, description = "Shows the options of something installed, with defaults, units and an example.")
final class ExplainCommand implements Runnable {

    private static final String EXPERIMENT = "experiment";
    private static final String ALIGNMENT = "alignment";
    private static final String ATTENTION = "attention";

    @Parameters(index = "0", arity = "1", paramLabel = "ID", description = "an id of 'encore list', or 'experiment' for what stands in an experiment file,"
            + " or 'alignment' and a file for where teacher and student meet,"
            + " or 'attention', a run or an imported model and a text for what a model looks at while it reads and answers")
    private String id = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "FILE",
            description = "with 'alignment': an experiment file; with 'attention': the folder of a run, or of an imported model")
    private @Nullable Path file;

    @Parameters(index = "2", arity = "0..1", paramLabel = "TEXT", description = "with 'attention': what the model reads")
    private String text = "";

    @Option(names = "--cell", paramLabel = "CELL",
            description = "with 'attention': which model, such as bridged-seed1; needed if the run has several")
    private String cell = "";

    @Option(names = "--output", paramLabel = "TEXT", description = "with 'attention': what the model writes, or how the text goes on (default: its own answer, greedily)")
    private String output = "";

    @Option(names = "--max-tokens", paramLabel = "N", description = "with 'attention': longest answer of its own (default: as the run evaluated; 64 for an"
            + " imported model, 16 for one that goes on with a text)")
    private int maxTokens;

    @Option(names = "--csv", paramLabel = "FILE", description = "with 'attention': where to write every weight of every head")
    private @Nullable Path csv;

    @Option(names = "--examples", paramLabel = "N", defaultValue = "3", description = "with 'alignment': development examples to show (default: ${DEFAULT-VALUE})")
    private int examples;

    @Mixin
    private DataFolders data = new DataFolders();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Registry registry;

    ExplainCommand(Registry registry) {
        this.registry = registry;
    }

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        if (id.equals(ALIGNMENT)) {
            alignment(out);
            return;
        }
        if (id.equals(ATTENTION)) {
            attention(out);
            return;
        }
        if (file != null) {
            throw new IllegalArgumentException("'" + file + "' goes with 'alignment' and 'attention' only: encore explain alignment " + file);
        }
        if (id.equals(EXPERIMENT)) {
            out.println("An experiment file (YAML). Beside these it may name a file that it 'extends', whose entries hold where it is silent, and it holds the"
                    + " options of each stage under the stage's id.\n");
            options(Header.class, out);
            out.println("\nWhat may differ from model to model; these and all options of stages can be axes of the matrix:\n");
            options(Sections.class, out);
            out.println("\nExample: examples/quickstart.yaml. Options of a stage: encore explain train");
            return;
        }
        var ids = new ArrayList<>(List.of(EXPERIMENT, ALIGNMENT, ATTENTION));
        boolean found = false;
        for (ExtensionPoint<?> point : ExtensionPoint.ALL) {
            for (Contribution<?> contribution : registry.list(point)) {
                ids.add(contribution.id());
                if (contribution.id().equals(id)) {
                    explain(contribution, out);
                    found = true;
                }
            }
        }
        if (!found) {
            throw new IllegalArgumentException("nothing is called '" + id + "'. " + Nearest.suggestion(id, ids)
                    + " Is a plug-in missing? (encore plugin list)");
        }
    }

    private void alignment(PrintWriter out) {
        if (file == null) {
            throw new IllegalArgumentException("name an experiment file, whose task and tokenizer are used: encore explain alignment FILE");
        }
        var workshop = data.looking(registry, Path.of("runs"), spec.commandLine().getErr());
        AlignmentText.print(ExperimentReader.read(file, registry), workshop.corpora(), registry, examples, out);
    }

    private void attention(PrintWriter out) {
        if (file == null || text.isBlank()) {
            throw new IllegalArgumentException("name a run and what its model reads: encore explain attention RUN TEXT");
        }
        if (maxTokens < 0) {
            throw new IllegalArgumentException("--max-tokens " + maxTokens + ": give at least 1");
        }
        try {
            Attended attended = attended(file);
            AttentionText.print(attended, out);
            if (csv != null) {
                AttentionText.write(attended, csv);
                out.println("written: " + csv);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private Attended attended(Path folder) throws IOException {
        if (!ImportedModel.isIn(folder)) {
            return AttentionText.of(TrainedModel.open(folder, cell, data.looking(registry, Path.of("runs"), spec.commandLine().getErr())), registry, text, output, maxTokens);
        }
        if (!cell.isEmpty()) {
            throw new IllegalArgumentException("--cell is for models of a run");
        }
        return AttentionText.of(ImportedModel.read(folder, registry), registry, text, output, maxTokens);
    }

    private void explain(Contribution<?> contribution, PrintWriter out) {
        out.println(contribution.id() + " (" + contribution.point().kind() + "): " + contribution.name());
        if (!contribution.description().isEmpty()) {
            out.println(contribution.description());
        }
        out.println("from bundle " + contribution.bundle() + " " + contribution.version());
        Object object = contribution.get();
        if (object instanceof Backend<?> backend) {
            out.println(here(backend.probe()));
        }
        if (object instanceof Trainer<?> trainer) {
            out.println(here(trainer.probe()));
        }
        if (object instanceof Configurable<?> configurable) {
            out.println();
            options(configurable.optionsType(), out);
            if (!configurable.presets().isEmpty()) {
                out.println("\npresets (preset: NAME): " + String.join(", ", configurable.presets().keySet()));
            }
            out.println("\nexample:\n" + example(contribution, configurable).indent(2).stripTrailing());
        }
    }

    private static String here(Availability availability) {
        return (availability instanceof Availability.Present ? "here: " : "not here: ") + availability.words();
    }

    private static void options(Class<? extends Record> type, PrintWriter out) {
        List<OptionDocs.Line> lines = OptionDocs.of(type);
        if (lines.isEmpty()) {
            out.println("takes no options");
            return;
        }
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("option", "default", "takes", "what it is"));
        lines.forEach(line -> rows.add(List.of(line.name(), standard(line), line.takes(), line.help())));
        Columns.print(rows, out);
    }

    private static String standard(OptionDocs.Line line) {
        return line.required() ? "required" : line.standard() + (line.unit().isEmpty() || line.standard().isEmpty() ? "" : " " + line.unit());
    }

    /** How one writes it: at the place in an experiment file where it belongs. */
    private static String example(Contribution<?> contribution, Configurable<?> configurable) {
        Map<String, Object> options = new LinkedHashMap<>();
        configurable.presets().keySet().stream().findFirst().ifPresent(preset -> options.put("preset", preset));
        List<OptionDocs.Line> lines = OptionDocs.of(configurable.optionsType()).stream().filter(line -> !line.name().contains(".")).toList();
        lines.stream().filter(OptionDocs.Line::required).forEach(line -> options.put(line.name(), line.takes().toUpperCase(Locale.ROOT)));
        lines.stream().filter(line -> !line.standard().isEmpty()).limit(2).forEach(line -> options.put(line.name(), line.standard()));
        Object chosen = options.isEmpty() ? contribution.id() : Map.of(contribution.id(), options);
        String line = YamlWriter.line(chosen);
        return switch (contribution.point().kind()) {
            case "architecture" -> "variants:\n  mine: " + line;
            case "stage" -> contribution.id() + ": " + YamlWriter.line(options);
            case "task", "tokenizer" -> contribution.point().kind() + ": " + line;
            case "teacher" -> "teacher-cache:\n  teacher: " + line;
            case "runListener" -> "listeners:\n- " + line;
            case "backend", "decoding" -> "evaluate:\n  " + contribution.point().kind() + ": " + line;
            case "quantization" -> "evaluate:\n  backend: {ort-cpu: {quantization: " + line + "}}";
            case "importer" -> "encore import " + (options.isEmpty() ? line : "'" + line.substring(1, line.length() - 1) + "'") + " SOURCE --to DIR";
            default -> "train:\n  " + contribution.point().kind() + ": " + line;
        };
    }
}
