package org.encore.experiment.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

import org.encore.api.extension.ExtensionPoint;
import org.encore.api.inference.Exporter;
import org.encore.api.option.Choice;
import org.encore.api.run.Event;
import org.encore.api.run.Stage;
import org.encore.api.run.StageContext;
import org.encore.api.weights.SafeTensors;
import org.encore.api.weights.Weights;
import org.encore.experiment.data.TokenizerStage;
import org.encore.experiment.train.TrainStage;
import org.encore.graph.Model;
import org.encore.graph.text.ModelText;

/**
 * Writes a trained model for others: {@code model.safetensors}, {@code model.graph} (the graph as text), {@code tokenizer.json}, and a folder
 * for each format.
 */
public final class ExportStage implements Stage<ExportOptions> {

    @Override
    public Class<ExportOptions> optionsType() {
        return ExportOptions.class;
    }

    @Override
    public Scope scope() {
        return Scope.CELL;
    }

    @Override
    public List<String> needs() {
        return List.of("tokenizer", "train");
    }

    @Override
    public List<String> keyParts(ExportOptions options, StageContext context) {
        return options.formats().stream().map(format -> context.registry().find(ExtensionPoint.EXPORTERS, format.id()).toString()).toList();
    }

    @Override
    public void run(ExportOptions options, StageContext context) throws IOException {
        StageContext.Variant variant = context.variant();
        Path trained = context.input("train", variant).resolve(TrainStage.BEST);
        var weights = SafeTensors.read(trained).weights();
        Files.copy(trained, context.output().resolve(TrainStage.BEST), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(context.input("tokenizer", variant).resolve(TokenizerStage.FILE), context.output().resolve(TokenizerStage.FILE));
        Files.writeString(context.output().resolve("model.graph"), ModelText.print(variant.model()));
        for (Choice<Exporter<?>> format : options.formats()) {
            Path folder = Files.createDirectory(context.output().resolve(format.id()));
            Path first = export(format.extension(), format.options(), variant.model(), weights, folder).getFirst();
            context.emit(new Event.Message("info", variant.cell() + ": exported " + format.id() + "/" + folder.relativize(first)));
        }
    }

    private static <O extends Record> List<Path> export(Exporter<O> exporter, Record options, Model model, Weights weights, Path folder) throws IOException {
        return exporter.export(model, weights, folder, exporter.optionsType().cast(options));
    }
}
