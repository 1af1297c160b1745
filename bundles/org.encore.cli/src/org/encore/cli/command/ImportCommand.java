package org.encore.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;

import org.encore.api.extension.ExtensionPoint;
import org.encore.api.extension.Registry;
import org.encore.api.inference.Importer;
import org.encore.api.inference.Importer.Imported;
import org.encore.api.option.Choice;
import org.encore.experiment.imported.ImportedModel;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reads a model that somebody else has trained. */
@Command(name = "import", mixinStandardHelpOptions = true,
        description = "Reads a model that others have trained and writes it as a folder that 'encore generate' takes.")
final class ImportCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "FORMAT", description = "importer: llama2c, llama, t5, or with options 'llama2c: {tokenizer: tok512.bin}' (encore list importers)")
    private String format = "";

    @Parameters(index = "1", paramLabel = "SOURCE", description = "file or folder of the model")
    private Path source = Path.of("");

    @Option(names = "--to", paramLabel = "DIR", required = true, description = "the folder to write; must not exist")
    private Path target = Path.of("");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Registry registry;

    ImportCommand(Registry registry) {
        this.registry = registry;
    }

    @Override
    public Integer call() throws IOException {
        Choice<Importer<?>> chosen = Chosen.of(ExtensionPoint.IMPORTERS, "FORMAT", format, registry);
        ImportedModel model = ImportedModel.write(read(chosen.extension(), chosen.options()), chosen.id(), target, registry);
        spec.commandLine().getOut().printf(Locale.ROOT, "imported %s of %,d parameters, vocabulary %,d, %s to %s%nTry: encore generate %s '%s'%n",
                model.model().architecture(), model.model().parameterCount(), model.model().vocabularySize(),
                model.tokenizer().isPresent() ? "with tokenizer," : "without a tokenizer,", target, target,
                model.source().isPresent() ? "translate English to German: The house is wonderful." : "Once upon a time");
        return 0;
    }

    private <O extends Record> Imported read(Importer<O> importer, Record options) throws IOException {
        return importer.read(source, importer.optionsType().cast(options));
    }
}
