package org.encore.experiment.imported;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

import org.encore.api.architecture.Architecture;
import org.encore.api.architecture.ChosenArchitecture;
import org.encore.api.extension.ExtensionPoint;
import org.encore.api.extension.Registry;
import org.encore.api.inference.Importer.Imported;
import org.encore.api.inference.Importer.SourceFrame;
import org.encore.api.option.Binder;
import org.encore.api.option.Choice;
import org.encore.api.option.ConfigNode;
import org.encore.api.option.Problems;
import org.encore.api.task.ChosenTokenization;
import org.encore.api.task.Tokenization;
import org.encore.api.task.Tokenizer;
import org.encore.api.weights.SafeTensors;
import org.encore.api.weights.Weights;
import org.encore.experiment.store.Digests;
import org.encore.experiment.yaml.YamlReader;
import org.encore.experiment.yaml.YamlWriter;
import org.encore.graph.Model;
import org.encore.graph.Parameter;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;

/**
 * A model that somebody else has trained, built by the architecture that it is. As a folder: {@code imported.json}, {@code weights.safetensors} under
 * our names, and {@code tokenizer.json} if there is one.
 *
 * @param model built of the architecture's options
 * @param weights that fit the model
 * @param startToken id that begins a text
 * @param endToken id that ends a text
 * @param tokenizer between text and ids, if there is one
 * @param source what stands around a source, if it writes a target to one; empty if it is a language model, which goes on with a text
 */
public record ImportedModel(Model model, Weights weights, int startToken, int endToken, Optional<Tokenizer> tokenizer, Optional<SourceFrame> source) {

    /** What says that a folder is such a model. */
    public static final String FILE = "imported.json";
    private static final String WEIGHTS = "weights.safetensors";
    private static final String TOKENIZER = "tokenizer.json";
    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    /**
     * The tokenizer, for what cannot do without.
     *
     * @param name of the model in messages
     * @throws IllegalArgumentException if it was imported without one
     */
    public Tokenizer readingText(String name) {
        return tokenizer.orElseThrow(() -> new IllegalArgumentException(name + " was imported without a tokenizer, so it reads no text"));
    }

    /** Whether a folder holds one. */
    public static boolean isIn(Path folder) {
        return Files.exists(folder.resolve(FILE));
    }

    /**
     * Writes a folder, after the model was built and its weights were found to fit it.
     *
     * @param importer id of what read it
     * @param folder that does not exist yet
     * @throws IllegalArgumentException if the folder exists, or the weights do not fit the architecture; the message says which
     */
    public static ImportedModel write(Imported imported, String importer, Path folder, Registry registry) throws IOException {
        if (Files.exists(folder)) {
            throw new IllegalArgumentException(folder + " exists; name a folder that does not");
        }
        Model model = build(imported.architecture(), imported.options(), imported.vocabularySize(), imported.startToken(), registry);
        check(model, imported.weights());
        var facts = new LinkedHashMap<String, Object>();
        facts.put("architecture", imported.architecture());
        facts.put("options", imported.options());
        facts.put("vocabularySize", imported.vocabularySize());
        facts.put("startToken", imported.startToken());
        facts.put("endToken", imported.endToken());
        imported.source().ifPresent(frame -> facts.put("source", frame));
        facts.put("parameters", model.parameterCount());
        facts.put("importer", importer);
        Path whole = folder.toAbsolutePath().normalize();
        Path partial = Files.createTempDirectory(Files.createDirectories(whole.getParent()), "." + whole.getFileName() + ".partial-");
        SafeTensors.write(partial.resolve(WEIGHTS), imported.weights(), Map.of("architecture", imported.architecture()));
        if (imported.tokenizer().isPresent()) {
            Files.writeString(partial.resolve(TOKENIZER), imported.tokenizer().get());
        }
        Files.writeString(partial.resolve(FILE), GSON.toJson(facts));
        Files.move(partial, whole);
        return read(folder, registry);
    }

    /**
     * Reads a folder.
     *
     * @throws IOException if it is not whole; the message names the file
     */
    public static ImportedModel read(Path folder, Registry registry) throws IOException {
        try {
            JsonObject facts = GSON.fromJson(Files.readString(folder.resolve(FILE)), JsonObject.class);
            @SuppressWarnings("unchecked")
            Map<String, Object> options = GSON.fromJson(facts.get("options"), Map.class);
            int start = facts.get("startToken").getAsInt();
            Model model = build(facts.get("architecture").getAsString(), options, facts.get("vocabularySize").getAsInt(), start, registry);
            Weights weights = SafeTensors.read(folder.resolve(WEIGHTS)).weights();
            check(model, weights);
            Optional<SourceFrame> source = Optional.ofNullable(facts.getAsJsonObject("source")).map(frame -> new SourceFrame(ids(frame, "before"), ids(frame, "behind")));
            Path file = folder.resolve(TOKENIZER);
            Optional<Tokenizer> tokenizer = Files.exists(file) ? Optional.of(tokenizer(file, registry)) : Optional.empty();
            return new ImportedModel(model, weights, start, facts.get("endToken").getAsInt(),
                    source.isPresent() ? tokenizer.map(plain -> new FramedSources(plain, source.get())) : tokenizer, source);
        } catch (JsonParseException | NullPointerException | IllegalStateException | NumberFormatException | UnsupportedOperationException
                | ClassCastException e) {
            throw new IOException(folder.resolve(FILE) + " is damaged: " + e.getMessage() + ". Import the model again.", e);
        }
    }

    private static List<Integer> ids(JsonObject frame, String side) {
        return frame.getAsJsonArray(side).asList().stream().map(JsonElement::getAsInt).toList();
    }

    /** Hexadecimal digest of a folder's weights and of what it says of them. */
    public static String fingerprint(Path folder) throws IOException {
        return Digests.sha256(Digests.sha256(folder.resolve(WEIGHTS)) + Digests.sha256(folder.resolve(FILE)));
    }

    private static void check(Model model, Weights weights) {
        var unknown = new TreeSet<>(weights.tensors().keySet());
        for (Parameter parameter : model.parameters()) {
            weights.of(parameter);
            unknown.remove(parameter.name());
        }
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("the importer brought tensors that " + model.architecture() + " does not have: " + new ArrayList<>(unknown));
        }
    }

    private static Model build(String architecture, Map<String, Object> options, int vocabularySize, int startToken, Registry registry) {
        Choice<Architecture<?>> choice = choice(ExtensionPoint.ARCHITECTURES, Map.of(architecture, options), registry);
        return ChosenArchitecture.of(choice).build(vocabularySize, startToken);
    }

    private static Tokenizer tokenizer(Path file, Registry registry) {
        Choice<Tokenization<?>> choice = choice(ExtensionPoint.TOKENIZERS, Map.of("huggingface", Map.of("file", file.toAbsolutePath().toString())), registry);
        return ChosenTokenization.of(choice).ready();
    }

    private static <T extends org.encore.api.option.Configurable<?>> Choice<T> choice(ExtensionPoint<T> point, Map<String, ?> plain, Registry registry) {
        var problems = new Problems();
        Optional<ConfigNode> node = YamlReader.read(FILE, YamlWriter.write(plain), problems);
        Optional<Choice<T>> choice = node.flatMap(n -> new Binder(registry, problems).choice(point, n));
        problems.throwIfAny();
        return choice.orElseThrow(() -> new IllegalArgumentException(FILE + ": no " + point.kind()));
    }
}
