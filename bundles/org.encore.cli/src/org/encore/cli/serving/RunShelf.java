package org.encore.cli.serving;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import org.encore.api.inference.Backend;
import org.encore.api.inference.ChosenBackend;
import org.encore.api.option.Choice;
import org.encore.api.task.Tokenizer;
import org.encore.experiment.evaluate.EvaluateOptions;
import org.encore.experiment.export.TrainedModel;
import org.encore.experiment.process.Workshop;
import org.encore.experiment.result.RunPlan;
import org.encore.experiment.run.RunFolder;
import org.encore.experiment.store.Digests;
import org.encore.experiment.train.TrainStage;
import org.encore.serve.Card;
import org.encore.serve.Reading;
import org.encore.serve.Served;
import org.encore.serve.Shelf;

/** The trained models of a run, each loaded when it is asked for first. */
public final class RunShelf implements Shelf, AutoCloseable {

    private final Path run;
    private final Workshop workshop;
    private final Optional<Choice<Backend<?>>> backend;
    private final Choice<Backend<?>> otherwise;
    private final List<Card> cards = new ArrayList<>();
    private final Map<String, Served> loaded = new HashMap<>();

    private RunShelf(Path run, Workshop workshop, Optional<Choice<Backend<?>>> backend, Choice<Backend<?>> otherwise) {
        this.run = run;
        this.workshop = workshop;
        this.backend = backend;
        this.otherwise = otherwise;
    }

    /**
     * Looks at a run.
     *
     * @param cell the only model to have; all that are trained if empty
     * @param backend what computes; as the run evaluated if empty, and if it did not, the other one
     * @param told of models that are not trained, a line each
     * @throws IllegalArgumentException if there is nothing to serve; the message says why
     */
    public static RunShelf of(Path run, String cell, Workshop workshop, Optional<Choice<Backend<?>>> backend, Choice<Backend<?>> otherwise,
            Consumer<String> told) throws IOException {
        var shelf = new RunShelf(run, workshop, backend, otherwise);
        var folder = new RunFolder(run);
        List<String> cells = RunPlan.read(folder).map(plan -> plan.cells().stream().map(RunPlan.OfCell::id).toList()).orElse(List.of());
        if (!cell.isEmpty() || cells.size() <= 1) {
            shelf.add(cell); // says itself what is wrong with the run or the name
            return shelf;
        }
        for (String one : cells) {
            if (Files.exists(weights(folder, one))) {
                shelf.add(one);
            } else {
                told.accept(one + " is not trained yet, and not served");
            }
        }
        if (shelf.cards.isEmpty()) {
            throw new IllegalArgumentException("no model of " + run + " is trained yet. Let the run finish: encore run " + run.resolve(RunFolder.EXPERIMENT));
        }
        return shelf;
    }

    private static Path weights(RunFolder folder, String cell) {
        return folder.result(cell, "train").resolve(TrainStage.BEST);
    }

    private void add(String cell) throws IOException {
        TrainedModel trained = TrainedModel.open(run, cell, workshop);
        Path weights = weights(trained.folder(), trained.variant().cell());
        Tokenizer tokenizer = trained.tokenizer();
        String tokenizerDigest = Digests.sha256(tokenizer.toJson());
        String fingerprint = Digests.sha256(Digests.sha256(weights) + trained.variant().architecture() + trained.variant().options() + tokenizerDigest);
        cards.add(new Card(trained.variant().cell(), Files.getLastModifiedTime(weights).toMillis() / 1000, trained.variant().architecture(),
                trained.variant().model().parameterCount(), tokenizer.size(), tokenizerDigest, fingerprint, Reading.SOURCE, tokenizer.startToken(),
                tokenizer.endToken(), trained.maxTokens()));
    }

    @Override
    public List<Card> cards() {
        return List.copyOf(cards);
    }

    @Override
    public Served take(String id) throws IOException {
        if (!loaded.containsKey(id)) {
            Card card = cards.stream().filter(c -> c.id().equals(id)).findFirst().orElseThrow(() -> new IllegalArgumentException("there is no model " + id));
            TrainedModel trained = TrainedModel.open(run, id, workshop);
            Choice<Backend<?>> chosen = backend.or(() -> trained.evaluation().map(EvaluateOptions::backend)).orElse(otherwise);
            loaded.put(id, new Served(card, ChosenBackend.of(chosen).load(trained.variant().model(), trained.weights()), trained.tokenizer()));
        }
        return loaded.get(id);
    }

    @Override
    public void close() {
        loaded.values().forEach(served -> served.model().close());
    }
}
