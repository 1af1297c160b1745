package org.encore.experiment.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.encore.api.Unavailable;
import org.encore.api.architecture.Architecture;
import org.encore.api.architecture.ChosenArchitecture;
import org.encore.api.extension.Registry;
import org.encore.api.option.Binder;
import org.encore.api.option.Choice;
import org.encore.api.option.ConfigNode;
import org.encore.api.option.OptionDocs;
import org.encore.api.option.Problems;
import org.encore.api.run.Stage;
import org.encore.api.run.StageContext.Variant;
import org.encore.api.task.Task;
import org.encore.api.task.Tokenization;
import org.encore.experiment.plan.Cell;
import org.encore.experiment.plan.Corpora;
import org.encore.experiment.plan.Corpus;
import org.encore.experiment.plan.Node;
import org.encore.experiment.run.WholeFile;
import org.encore.experiment.store.Digests;
import org.encore.experiment.yaml.YamlReader;
import org.encore.experiment.yaml.YamlWriter;
import org.encore.graph.Model;

/** Jobs as files, for another process: it needs the file, the store and the same bundles, and nothing of the experiment. */
public final class JobFile {

    private final Registry registry;
    private final Corpora corpora;

    /** @param corpora that jobs of one process share */
    public JobFile(Registry registry, Corpora corpora) {
        this.registry = registry;
        this.corpora = corpora;
    }

    /**
     * A job as written; {@code data} is their digest, {@code tokenizer} a file, {@code inputs} are those of the group, {@code plugins} has the digest of
     * each by name.
     */
    record Request(Choice<Stage<?>> stage, String label, String key, String store, String runFolder, int threads, Optional<OfCorpus> corpus,
            List<OfCell> cells, Map<String, String> inputs, Map<String, String> plugins) {
        record OfCorpus(Choice<Task<?>> task, String data, Choice<Tokenization<?>> tokenization, String tokenizer) {}

        record OfCell(String cell, String name, Map<String, String> axes, Choice<Architecture<?>> architecture, long seed, String hash,
                Map<String, String> inputs) {}
    }

    /** Writes a job; the tokenizer goes beside, once for all jobs that share it. */
    public static void write(Job job, Path file) throws IOException {
        Optional<Request.OfCorpus> corpus = Optional.empty();
        if (job.corpus().isPresent()) {
            Corpus c = job.corpus().get();
            Path tokenizer = file.resolveSibling("tokenizer-" + c.tokenizerDigest() + ".json");
            if (!Files.exists(tokenizer)) {
                WholeFile.write(tokenizer, c.tokenizer().toJson());
            }
            corpus = Optional.of(new Request.OfCorpus(c.task(), c.data().digest(), c.tokenization(), tokenizer.toAbsolutePath().toString()));
        }
        var cells = new ArrayList<Request.OfCell>();
        for (Cell cell : job.cells()) {
            Variant v = cell.variant();
            cells.add(new Request.OfCell(v.cell(), v.name(), v.axes(), cell.architecture(), v.seed(), cell.modelHash(), inputs(job, cell.id())));
        }
        var request = new Request(job.stage(), job.label(), job.key(), job.store().toAbsolutePath().toString(), job.runFolder().toAbsolutePath().toString(),
                job.threads(), corpus, cells, inputs(job, Node.GROUP), Digests.plugins());
        @SuppressWarnings("unchecked")
        var plain = (Map<String, Object>) OptionDocs.plain(request);
        Files.writeString(file, YamlWriter.write(plain));
    }

    private static Map<String, String> inputs(Job job, String of) {
        var inputs = new LinkedHashMap<String, String>();
        job.inputs().getOrDefault(of, Map.of()).forEach((stage, path) -> inputs.put(stage, path.toAbsolutePath().toString()));
        return inputs;
    }

    private static Map<String, Path> paths(Map<String, String> inputs) {
        var paths = new LinkedHashMap<String, Path>();
        inputs.forEach((stage, path) -> paths.put(stage, Path.of(path)));
        return paths;
    }

    /**
     * Reads a job: loads its data and builds its models.
     *
     * @throws Problems.InvalidConfiguration if the file is damaged, or names what is not installed here
     * @throws Unavailable if a plug-in or the data are not those that the job's key was made with
     */
    public Job read(Path file) throws IOException {
        var problems = new Problems();
        ConfigNode node = YamlReader.read(file.toString(), YamlReader.text(file), problems).orElse(null);
        problems.throwIfAny();
        samePlugins(node);
        Request request = new Binder(registry, problems).bind(Request.class, node, new ConfigNode.Position(file.toString(), 1, 1)).orElse(null);
        problems.throwIfAny();
        Optional<Corpus> corpus = Optional.empty();
        if (request.corpus().isPresent()) {
            Request.OfCorpus c = request.corpus().get();
            corpus = Optional.of(corpora.corpus(c.task(), c.tokenization(), Files.readString(Path.of(c.tokenizer()))));
            sameData(c, corpus.get());
        }
        var cells = new ArrayList<Cell>();
        var inputs = new LinkedHashMap<String, Map<String, Path>>();
        for (Request.OfCell c : request.cells()) {
            Corpus of = corpus.orElseThrow();
            Model model = ChosenArchitecture.of(c.architecture()).build(of.tokenizer().size(), of.tokenizer().startToken());
            var variant = new Variant(c.cell(), c.name(), c.axes(), c.architecture().id(), c.architecture().options(), c.seed(), model);
            cells.add(new Cell(variant, c.architecture(), c.hash(), of, Map.of()));
            inputs.put(c.cell(), paths(c.inputs()));
        }
        if (!request.inputs().isEmpty()) {
            inputs.put(Node.GROUP, paths(request.inputs()));
        }
        return new Job(request.stage(), request.label(), request.key(), Path.of(request.store()), Path.of(request.runFolder()), request.threads(), corpus, cells,
                inputs);
    }

    /** Looked at first: what the file names may be there no more. */
    private static void samePlugins(ConfigNode node) {
        if (node instanceof ConfigNode.Mapping job && job.entry("plugins") != null
                && job.entry("plugins").value() instanceof ConfigNode.Mapping plugins) {
            Map<String, String> here = Digests.plugins();
            plugins.entries().stream().filter(plugin ->
                    !(plugin.value() instanceof ConfigNode.Scalar digest && digest.text().equals(here.get(plugin.key().text()))))
                    .findFirst().ifPresent(changed -> {
                        throw new Unavailable("plug-in " + changed.key().text() + " was changed or removed while the run went on",
                                "Run it again: what is finished and does not depend on it is kept.");
                    });
        }
    }

    /** A result has the digest of its data in its key: made of others, it would be found for ever by whoever has the first. */
    private static void sameData(Request.OfCorpus planned, Corpus here) {
        if (!planned.data().equals(here.data().digest())) {
            throw new Unavailable("the data of task " + planned.task().id() + " were changed while the run went on (" + here.data().description() + ")",
                    "Run it again: what is finished is kept, what is made of the changed data is made anew.");
        }
    }
}
