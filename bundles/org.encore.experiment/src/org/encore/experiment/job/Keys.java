package org.encore.experiment.job;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ForkJoinTask;
import java.util.stream.Collectors;

import org.encore.api.architecture.Architecture;
import org.encore.api.device.ChosenRuntimes;
import org.encore.api.device.NativeRuntime;
import org.encore.api.extension.Contribution;
import org.encore.api.extension.ExtensionPoint;
import org.encore.api.extension.Registry;
import org.encore.api.option.Choice;
import org.encore.api.option.OptionDocs;
import org.encore.api.run.Stage;
import org.encore.api.run.Stage.Scope;
import org.encore.bench.Machine;
import org.encore.experiment.plan.Cell;
import org.encore.experiment.plan.Corpus;
import org.encore.experiment.store.Digests;
import org.encore.graph.Graph;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;

/** Names results by everything that they depend on. Equal keys mean equal results, measured values excepted. */
public final class Keys {

    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().serializeSpecialFloatingPointValues().create();
    private static final int DIGITS = 24;

    private final Registry registry;
    private final Map<Choice<?>, String> begins = Collections.synchronizedMap(new IdentityHashMap<>());
    private final Map<Corpus, String> data = new ConcurrentHashMap<>();
    /** What thousands of jobs that differ in their models and inputs alone have in common, digested once. */
    private final Map<List<String>, String> digested = new ConcurrentHashMap<>();

    public Keys(Registry registry) {
        this.registry = registry;
    }

    /** Digests the code of stages beside whatever else goes on, which keys of their results will need. */
    public static void digestAhead(Collection<Choice<Stage<?>>> stages) {
        ForkJoinTask.adapt(() -> stages.stream().flatMap(stage -> code(stage).stream()).distinct().forEach(Digests::code)).fork();
    }

    /**
     * The key, as hexadecimal digits.
     *
     * @param job whose own key is not looked at
     * @param inputKeys of the results that it reads
     */
    public <O extends Record> String of(Job job, List<String> inputKeys) {
        @SuppressWarnings("unchecked")
        var stage = (Stage<O>) job.stage().extension();
        var shared = new ArrayList<String>();
        shared.add(begins.computeIfAbsent(job.stage(), this::begin));
        job.corpus().ifPresent(corpus -> shared.add(data.computeIfAbsent(corpus,
                c -> "data " + c.data().digest() + " of " + c.task().id() + " tokenizer " + c.tokenizerDigest())));
        shared.addAll(stage.keyParts(stage.optionsType().cast(job.stage().options()), JobContext.planned(job, registry)));
        if (stage.measures()) {
            shared.add("machine " + Machine.fingerprint());
        }
        var key = new StringBuilder(digested.computeIfAbsent(shared, parts -> Digests.sha256(String.join("\n", parts))));
        inputKeys.forEach(input -> key.append("\ninput ").append(input));
        for (Cell cell : job.cells()) {
            key.append("\nmodel ");
            if (stage.scope() == Scope.GROUP) {
                // results over several models tell them apart by name; what is made of one model does not depend on what it is called
                key.append(cell.id()).append(' ');
            }
            key.append(cell.modelHash()).append(" seed ").append(cell.variant().seed());
        }
        if (stage.scope() == Scope.RUN) {
            // it looks at the run as it stands now, with what failed and what was measured anew
            key.append("\nrun ").append(job.runFolder().getFileName()).append(" at ").append(Instant.now());
        }
        return Digests.sha256(key.toString()).substring(0, DIGITS);
    }

    /** What is the same for all jobs of a stage with these options, digested once. */
    private String begin(Choice<?> stage) {
        var begin = new StringBuilder("stage " + stage.id() + "\noptions " + GSON.toJson(OptionDocs.plain(stage.options())));
        Set<Class<?>> code = code(stage);
        // reading and digesting a bundle takes long enough to be worth all processors
        code.parallelStream().map(Digests::code).toList().forEach(digest -> begin.append("\ncode ").append(digest));
        // a library that the user swapped is other code than the one that its bundle is wired to
        Set<String> bundles = code.stream().map(Digests::bundle).collect(Collectors.toSet());
        for (Contribution<NativeRuntime> runtime : registry.list(ExtensionPoint.RUNTIMES)) {
            if (bundles.contains(runtime.bundle())) {
                ChosenRuntimes.folder(runtime.id()).ifPresent(folder -> begin.append("\nruntime ").append(runtime.id()).append(' ')
                        .append(ChosenRuntimes.identity(folder)));
            }
        }
        return Digests.sha256(begin.toString());
    }

    /** The stage's own bundle, those of the extensions that its options choose, and the model graph and its API. */
    private static Set<Class<?>> code(Choice<?> stage) {
        var types = new LinkedHashSet<Class<?>>(List.of(Graph.class, Architecture.class, stage.extension().getClass()));
        collect(stage.options(), types);
        return types;
    }

    private static void collect(Object value, Set<Class<?>> types) {
        switch (value) {
            case Choice<?> choice -> {
                types.add(choice.extension().getClass());
                collect(choice.options(), types);
            }
            case Record record -> OptionDocs.components(record).forEach(component -> collect(component, types));
            case List<?> list -> list.forEach(item -> collect(item, types));
            case Map<?, ?> map -> map.values().forEach(item -> collect(item, types));
            case Optional<?> optional -> optional.ifPresent(item -> collect(item, types));
            default -> { }
        }
    }
}
