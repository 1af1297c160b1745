package org.encore.workbench.model;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

import org.encore.api.Availability;
import org.encore.api.extension.Contribution;
import org.encore.api.extension.ExtensionPoint;
import org.encore.api.extension.Registry;
import org.encore.api.inference.Backend;
import org.encore.api.inference.ChosenBackend;
import org.encore.api.inference.Generator;
import org.encore.api.inference.LoadedModel;
import org.encore.api.inference.Logits;
import org.encore.api.option.Binder;
import org.encore.api.option.Choice;
import org.encore.api.option.ConfigNode;
import org.encore.api.option.Problems;
import org.encore.api.task.GrowingText;
import org.encore.experiment.evaluate.EvaluateOptions;
import org.encore.experiment.export.Attended;
import org.encore.experiment.export.TrainedModel;

/** A model that is asked, and answers token by token, always with the likeliest. Native memory is held until it is closed. Used by one thread. */
final class Answering implements AutoCloseable {

    private final TrainedModel trained;
    private final String backend;
    private final LoadedModel loaded;

    private Answering(TrainedModel trained, String backend, LoadedModel loaded) {
        this.trained = trained;
        this.backend = backend;
        this.loaded = loaded;
    }

    /**
     * What an answer is so far.
     *
     * @param text of it; a letter that a later token ends is not in it yet
     * @param ids of it, without the end token
     * @param ends how much of the text there is with each of them
     * @param tokens number of them, the end token too
     * @param firstTokenMillis from the source to the first token
     * @param laterMillis of all later tokens together
     * @param ended whether the model has ended it, or there is no room for more
     */
    record Answer(String text, List<Integer> ids, List<Integer> ends, int tokens, double firstTokenMillis, double laterMillis, boolean ended) {

        /** Which token stands at a place of the text: an index of {@link #ids}; -1 behind the last. */
        int tokenAt(int offset) {
            for (int i = 0; i < ends.size(); i++) {
                if (offset < ends.get(i)) {
                    return i;
                }
            }
            return -1;
        }

        double tokensPerSecond() {
            return laterMillis <= 0 ? 0 : (tokens - 1) * 1000 / laterMillis;
        }
    }

    /** Opens a model on the backend that its run evaluated it with, else on the first that works here. */
    static Answering open(ModelOfRun model, Registry registry) throws IOException {
        TrainedModel trained = model.open(registry);
        Choice<Backend<?>> choice = trained.evaluation().map(EvaluateOptions::backend).or(() -> first(registry)).orElseThrow(() ->
                new IllegalArgumentException("no backend works here (encore doctor)"));
        return new Answering(trained, choice.id(), ChosenBackend.of(choice).load(trained.variant().model(), trained.weights()));
    }

    private static Optional<Choice<Backend<?>>> first(Registry registry) {
        var problems = new Problems();
        return registry.list(ExtensionPoint.BACKENDS).stream().filter(Answering::works).map(contribution -> new Binder(registry, problems)
                .choice(ExtensionPoint.BACKENDS,
                new ConfigNode.Scalar(contribution.id(), ConfigNode.Position.NOWHERE))).flatMap(Optional::stream).findFirst();
    }

    private static boolean works(Contribution<Backend<?>> contribution) {
        try {
            return contribution.get().probe() instanceof Availability.Present;
        } catch (Contribution.BrokenContribution e) {
            return false; // the view of plug-ins says so
        }
    }

    /** Of its task's held-out examples, something to ask. */
    String example(int n) {
        var examples = trained.data().development();
        return examples.get(Math.floorMod(n, examples.size())).source();
    }

    /** What it looked at when it answered so. @param stop true to give up */
    Attended attended(String text, List<Integer> answer, BooleanSupplier stop) {
        return Attended.of(trained, Registry.ofPlatform(), source(text), answer.stream().mapToInt(Integer::intValue).toArray(), stop);
    }

    /** What it looks at where it writes a given output. @param stop true to give up */
    Attended attended(String text, String output, BooleanSupplier stop) {
        return Attended.of(trained, Registry.ofPlatform(), source(text), trained.tokenizer().encodeTarget(output), stop);
    }

    private int[] source(String text) {
        int[] source = trained.tokenizer().encodeSource(text);
        if (source.length == 0) {
            throw new IllegalArgumentException("Type something first.");
        }
        return source;
    }

    String backend() {
        return backend;
    }

    /** Begins an answer. @throws IllegalArgumentException if the source cannot be read by this model; the message says why */
    Turn ask(String text) {
        int[] source = source(text);
        return new Turn(source, loaded.generator(1, source.length + 1 + trained.maxTokens()));
    }

    @Override
    public void close() {
        loaded.close();
    }

    /** An answer that grows. */
    final class Turn implements AutoCloseable {

        private final int[] source;
        private final Generator generator;
        private final ArrayList<Integer> tokens = new ArrayList<>();
        private final ArrayList<Integer> ids = new ArrayList<>();
        private final ArrayList<Integer> ends = new ArrayList<>();
        private final GrowingText wording = new GrowingText(trained.tokenizer(), new int[0]);
        private final StringBuilder text = new StringBuilder();
        private double firstMillis;
        private double laterMillis;
        private boolean ended;

        private Turn(int[] source, Generator generator) {
            this.source = source;
            this.generator = generator;
        }

        /** Adds a token. */
        Answer next() {
            long begun = System.nanoTime();
            Logits logits = tokens.isEmpty() ? generator.start(new int[][] {source}) : generator.next(new int[] {tokens.getLast()});
            int token = logits.argMax(0);
            double millis = (System.nanoTime() - begun) / 1e6;
            if (tokens.isEmpty()) {
                firstMillis = millis;
            } else {
                laterMillis += millis;
            }
            tokens.add(token);
            ended = token == trained.tokenizer().endToken() || tokens.size() >= trained.maxTokens();
            if (token != trained.tokenizer().endToken()) {
                ids.add(token);
                text.append(wording.add(token));
                ends.add(text.length());
            }
            if (ended && !ids.isEmpty()) {
                text.append(wording.rest());
                ends.set(ends.size() - 1, text.length());
            }
            return new Answer(text.toString(), List.copyOf(ids), List.copyOf(ends), tokens.size(), firstMillis, laterMillis, ended);
        }

        boolean ended() {
            return ended;
        }

        @Override
        public void close() {
            generator.close();
        }
    }
}
