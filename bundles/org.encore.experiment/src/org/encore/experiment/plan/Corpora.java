package org.encore.experiment.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.encore.api.extension.ExtensionPoint;
import org.encore.api.extension.Registry;
import org.encore.api.option.Binder;
import org.encore.api.option.Choice;
import org.encore.api.option.ConfigNode;
import org.encore.api.option.OptionDocs;
import org.encore.api.option.Problems;
import org.encore.api.task.ChosenTokenization;
import org.encore.api.task.DataFiles;
import org.encore.api.task.Task;
import org.encore.api.task.TaskData;
import org.encore.api.task.Tokenization;
import org.encore.api.task.Tokenizer;
import org.encore.experiment.run.WholeFile;
import org.encore.experiment.store.Digests;
import org.encore.experiment.yaml.YamlReader;

/** Loads data and makes tokenizers, each once. A tokenizer that took long to make is kept in the user's cache. */
public final class Corpora {

    private static final double WORTH_KEEPING_SECONDS = 1;

    private final Registry registry;
    private final DataFiles files;
    private final Path cache;
    private final Map<Object, TaskData> data = new ConcurrentHashMap<>();
    private final Map<Object, Corpus> corpora = new HashMap<>();
    private final Map<Object, Choice<Tokenization<?>>> fitting = new HashMap<>();
    private final Numbered numbered = new Numbered();

    /** @param cache folder for tokenizers */
    public Corpora(Registry registry, DataFiles files, Path cache) {
        this.registry = registry;
        this.files = files;
        this.cache = cache;
    }

    /**
     * Data and tokenizer.
     *
     * @param chosen tokenizer; the one that fits the task if empty
     * @throws org.encore.api.Unavailable if the data are not here
     * @throws IllegalArgumentException if the tokenizer's options do not fit the data
     */
    public Corpus corpus(Choice<Task<?>> task, Optional<Choice<Tokenization<?>>> chosen) {
        TaskData loaded = data(task);
        Choice<Tokenization<?>> tokenization = chosen.orElseGet(() -> fitting.computeIfAbsent(numbered.of(task), key -> fitting(task, loaded)));
        var key = List.of(numbered.of(task), numbered.of(tokenization));
        Corpus known = corpora.get(key);
        if (known == null) {
            known = make(task, loaded, tokenization);
            corpora.put(key, known);
        }
        return known;
    }

    /** Data and a tokenizer that was made before. @param json what it wrote of itself */
    public Corpus corpus(Choice<Task<?>> task, Choice<Tokenization<?>> tokenization, String json) {
        String digest = Digests.sha256(json);
        return corpora.computeIfAbsent(List.of(numbered.of(task), digest),
                key -> corpus(task, data(task), tokenization, ChosenTokenization.of(tokenization).read(json), digest));
    }

    /** Loads the data of a task beside whatever else goes on; what is wrong with them is told to who asks for them. */
    public void begin(Choice<Task<?>> task) {
        // a thread of its own: what it loads in parallel then has the common pool's threads beside it
        Thread.ofPlatform().daemon().name("data of " + task.id()).start(() -> loadQuietly(task));
    }

    private void loadQuietly(Choice<Task<?>> task) {
        try {
            data(task);
        } catch (RuntimeException e) {
            // who needs the data meets it again, where it can be told
        }
    }

    /** Data of a task. Several threads may ask at once. */
    public TaskData data(Choice<Task<?>> task) {
        return data.computeIfAbsent(numbered.of(task), key -> load(task));
    }

    private <O extends Record> TaskData load(Choice<Task<?>> choice) {
        @SuppressWarnings("unchecked")
        var task = (Task<O>) choice.extension();
        return task.load(task.optionsType().cast(choice.options()), files);
    }

    private Choice<Tokenization<?>> fitting(Choice<Task<?>> task, TaskData loaded) {
        var problems = new Problems();
        ConfigNode node = YamlReader.read("tokenizer of task " + task.id(), loaded.tokenizer(), problems).orElse(null);
        Optional<Choice<Tokenization<?>>> choice = node == null ? Optional.empty()
                : new Binder(registry, problems).choice(ExtensionPoint.TOKENIZERS, node);
        problems.throwIfAny();
        return choice.orElseThrow();
    }

    private Corpus make(Choice<Task<?>> task, TaskData loaded, Choice<Tokenization<?>> tokenization) {
        String key = Digests.sha256(loaded.digest() + OptionDocs.plain(task) + OptionDocs.plain(tokenization) + ChosenTokenization.of(tokenization).keyParts()
                + Digests.code(tokenization.extension().getClass()));
        Path kept = cache.resolve(key + ".json");
        if (Files.exists(kept)) {
            try {
                return corpus(task, tokenization, Files.readString(kept));
            } catch (IOException | IllegalArgumentException e) {
                // a damaged file of a cache is made anew
            }
        }
        long begun = System.nanoTime();
        Tokenizer tokenizer = ChosenTokenization.of(tokenization).learn(loaded.train(), files.monitor());
        String json = tokenizer.toJson();
        if ((System.nanoTime() - begun) / 1e9 > WORTH_KEEPING_SECONDS) {
            keep(kept, json);
        }
        return corpus(task, loaded, tokenization, tokenizer, Digests.sha256(json));
    }

    private static Corpus corpus(Choice<Task<?>> task, TaskData loaded, Choice<Tokenization<?>> tokenization, Tokenizer tokenizer, String digest) {
        String id = Digests.sha256(loaded.digest() + OptionDocs.plain(task) + digest);
        return new Corpus(id, task, loaded, tokenization, tokenizer, digest);
    }

    private static void keep(Path file, String json) {
        try {
            Files.createDirectories(file.getParent());
            WholeFile.write(file, json);
        } catch (IOException e) {
            // without a cache it is made again next time
        }
    }
}
