package org.encore.cli.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import org.encore.api.extension.ExtensionPoint;
import org.encore.api.extension.Registry;
import org.encore.api.option.Nearest;
import org.encore.experiment.export.ModelFolder;
import org.encore.experiment.export.TrainedModel;
import org.encore.experiment.yaml.YamlWriter;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a trained model as a folder that needs no Encore. */
@Command(name = "export", mixinStandardHelpOptions = true,
        description = "Writes a trained model as a folder that needs no Encore: ONNX, tokenizer, model card with the measured numbers, a Java program.")
final class ExportCommand implements Callable<Integer> {

    private static final List<String> SIZES = List.of("rows", "source", "past");

    /** Which operators the files use; named as people write them. */
    enum Operators { fused, portable, both }

    @Parameters(arity = "1", paramLabel = "RUN", description = "folder of a run")
    private Path run = Path.of("");

    @Option(names = "--cell", paramLabel = "CELL", description = "which model, such as bridged-seed1; needed if the run has several")
    private String cell = "";

    @Option(names = "--to", paramLabel = "DIR", required = true, description = "the folder to write")
    private Path target = Path.of("");

    @Option(names = "--form", paramLabel = "FORM",
            description = "${COMPLETION-CANDIDATES}: ONNX Runtime's own operators, standard ones, or both (default: ${DEFAULT-VALUE})")
    private Operators form = Operators.both;

    @Option(names = "--static", paramLabel = "SIZE", split = ",",
            description = "fixes sizes of the portable form: source=64,past=128 and, if not 1, rows=N")
    private Map<String, Integer> sizes = new LinkedHashMap<>();

    @Option(names = "--force", description = "replaces an earlier export")
    private boolean force;

    @Mixin
    private DataFolders data = new DataFolders();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Registry registry;

    ExportCommand(Registry registry) {
        this.registry = registry;
    }

    @Override
    public Integer call() throws IOException {
        List<ModelFolder.Form> forms = forms();
        TrainedModel trained = TrainedModel.open(run, cell, data.looking(registry, Path.of("runs"), spec.commandLine().getErr()));
        List<String> files = new ModelFolder(trained, forms).write(target, force);
        PrintWriter out = spec.commandLine().getOut();
        out.println("exported " + trained.variant().cell() + " to " + target + ":");
        files.forEach(file -> out.println("  " + file));
        return 0;
    }

    private List<ModelFolder.Form> forms() {
        for (var size : sizes.entrySet()) {
            if (!SIZES.contains(size.getKey())) {
                throw new IllegalArgumentException("--static: no size '" + size.getKey() + "'. " + Nearest.suggestion(size.getKey(), SIZES));
            }
            if (size.getValue() < 1) {
                throw new IllegalArgumentException("--static: " + size.getKey() + "=" + size.getValue() + ": give at least 1, or leave it out to keep it open");
            }
        }
        if (!sizes.isEmpty() && form == Operators.fused) {
            throw new IllegalArgumentException("--static fixes sizes of the portable form, which --form fused leaves out. Give --form portable or both.");
        }
        var forms = new ArrayList<ModelFolder.Form>();
        if (form != Operators.portable) {
            forms.add(new ModelFolder.Form("fused", Chosen.of(ExtensionPoint.EXPORTERS, "--form", "onnx-runtime", registry), 0));
        }
        if (form != Operators.fused) {
            Map<String, Object> options = new LinkedHashMap<>(sizes);
            if (!sizes.isEmpty()) {
                options.putIfAbsent("rows", 1);
            }
            String choice = options.isEmpty() ? "onnx" : YamlWriter.line(Map.of("onnx", options));
            forms.add(new ModelFolder.Form("portable", Chosen.of(ExtensionPoint.EXPORTERS, "--static", choice, registry), sizes.getOrDefault("source", 0)));
        }
        return forms;
    }
}
