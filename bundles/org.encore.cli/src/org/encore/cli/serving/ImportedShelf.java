package org.encore.cli.serving;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.encore.api.extension.Registry;
import org.encore.api.inference.Backend;
import org.encore.api.inference.ChosenBackend;
import org.encore.api.option.Choice;
import org.encore.api.task.Tokenizer;
import org.encore.experiment.imported.ImportedModel;
import org.encore.experiment.store.Digests;
import org.encore.serve.Card;
import org.encore.serve.Reading;
import org.encore.serve.Served;
import org.encore.serve.Shelf;

/** A model that others have trained, which goes on with a text. */
public final class ImportedShelf implements Shelf, AutoCloseable {

    /** As in OpenAI's API. */
    private static final int USUAL_TOKENS = 16;

    private final Served served;

    private ImportedShelf(Served served) {
        this.served = served;
    }

    /** @throws IllegalArgumentException if it was imported without a tokenizer */
    public static ImportedShelf of(Path folder, Registry registry, Choice<Backend<?>> backend) throws IOException {
        ImportedModel imported = ImportedModel.read(folder, registry);
        Tokenizer tokenizer = imported.readingText(folder.toString());
        String tokenizerDigest = Digests.sha256(tokenizer.toJson());
        String fingerprint = Digests.sha256(ImportedModel.fingerprint(folder) + tokenizerDigest);
        var card = new Card(folder.toAbsolutePath().normalize().getFileName().toString(), Files.getLastModifiedTime(folder.resolve(ImportedModel.FILE)).toMillis() / 1000,
                imported.model().architecture(), imported.model().parameterCount(), imported.model().vocabularySize(), tokenizerDigest, fingerprint, imported.source().isPresent() ? Reading.SOURCE : Reading.TEXT,
                imported.startToken(), imported.endToken(), USUAL_TOKENS);
        return new ImportedShelf(new Served(card, ChosenBackend.of(backend).load(imported.model(), imported.weights()), tokenizer));
    }

    @Override
    public List<Card> cards() {
        return List.of(served.card());
    }

    @Override
    public Served take(String id) {
        return served;
    }

    @Override
    public void close() {
        served.model().close();
    }
}
