package org.encore.experiment.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.encore.api.inference.Exporter;
import org.encore.api.option.Choice;
import org.encore.api.option.OptionDocs;
import org.encore.experiment.run.WholeFolder;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;

/**
 * A trained model as a folder of its own, for somebody who has never heard of Encore: ONNX, {@code tokenizer.json}, {@code config.json},
 * {@code generation_config.json}, a model card with what was measured, and a Java program that uses it. The folder appears whole or not at all.
 */
public final class ModelFolder {

    private static final String GENERATION = "generation_config.json";
    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private final TrainedModel trained;
    private final List<Form> forms;

    /**
     * One form of the model.
     *
     * @param name of its folder
     * @param exporter that writes it
     * @param sourceTokens fixed length of sources; 0 if open
     */
    public record Form(String name, Choice<Exporter<?>> exporter, int sourceTokens) {}

    /** @param forms to write, the one that the sample uses first */
    public ModelFolder(TrainedModel trained, List<Form> forms) {
        this.trained = trained;
        this.forms = List.copyOf(forms);
    }

    /**
     * Writes the folder.
     *
     * @param target where; must not exist or be empty, unless it holds an earlier export and may be replaced
     * @param replace whether an earlier export may be replaced
     * @return names of the files, relative to the folder
     * @throws IllegalArgumentException if the target is taken; the message says what to do
     */
    public List<String> write(Path target, boolean replace) throws IOException {
        Path whole = target.toAbsolutePath().normalize();
        checkFree(target, whole, replace);
        Path parent = Files.createDirectories(whole.getParent());
        Path partial = Files.createTempDirectory(parent, "." + whole.getFileName() + ".partial-");
        try {
            fill(partial);
            publish(partial, whole, parent);
        } finally {
            WholeFolder.delete(partial);
        }
        return files(whole);
    }

    private static void checkFree(Path target, Path whole, boolean replace) throws IOException {
        if (whole.getParent() == null) {
            throw new IllegalArgumentException(target + " is the root of the file system; name a folder");
        }
        if (Files.exists(whole) && !Files.isDirectory(whole)) {
            throw new IllegalArgumentException(target + " is a file; name a folder that does not exist yet");
        }
        if (!Files.exists(whole) || isEmpty(whole)) {
            return;
        }
        if (!Files.exists(whole.resolve(GENERATION))) {
            throw new IllegalArgumentException(target + " is not empty and holds no exported model, so nothing was written; name another folder");
        }
        if (!replace) {
            throw new IllegalArgumentException(target + " already holds an exported model; name another folder, or replace it by --force");
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        }
    }

    private static void publish(Path partial, Path whole, Path parent) throws IOException {
        Path old = null;
        if (Files.exists(whole)) {
            old = Files.createTempDirectory(parent, "." + whole.getFileName() + ".old-");
            Files.move(whole, old, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.move(partial, whole, StandardCopyOption.ATOMIC_MOVE);
        if (old != null) {
            WholeFolder.delete(old);
        }
    }

    private void fill(Path folder) throws IOException {
        Files.setPosixFilePermissions(folder, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
        for (Form form : forms) {
            Path place = Files.createDirectory(folder.resolve(form.name()));
            export(form.exporter().extension(), form.exporter().options(), place);
        }
        Files.writeString(folder.resolve("tokenizer.json"), trained.tokenizer().toJson());
        Files.writeString(folder.resolve("config.json"), GSON.toJson(config()));
        Files.writeString(folder.resolve(GENERATION), GSON.toJson(generation()));
        Files.writeString(folder.resolve("README.md"), new ModelCard(trained, forms).text());
        JavaSample.write(folder, forms.getFirst(), trained.tokenizer().endToken(), trained.maxTokens());
    }

    private <O extends Record> void export(Exporter<O> exporter, Record options, Path place) throws IOException {
        exporter.export(trained.variant().model(), trained.weights(), place, exporter.optionsType().cast(options));
    }

    private Map<String, Object> config() {
        var model = trained.variant().model();
        var tokenizer = trained.tokenizer();
        var config = new LinkedHashMap<String, Object>();
        config.put("model_type", "encore-" + trained.variant().architecture());
        config.put("architecture", trained.variant().architecture());
        config.put("options", OptionDocs.plain(trained.variant().options()));
        config.put("parameters", model.parameterCount());
        config.put("vocab_size", model.vocabularySize());
        config.put("decoder_start_token_id", tokenizer.startToken());
        config.put("eos_token_id", tokenizer.endToken());
        config.put("pad_token_id", tokenizer.padToken());
        config.put("torch_dtype", "float32");
        return config;
    }

    /** Greedy decoding, as the sample does it; how the run chose its outputs stands in the card. */
    private Map<String, Object> generation() {
        var tokenizer = trained.tokenizer();
        var generation = new LinkedHashMap<String, Object>();
        generation.put("decoder_start_token_id", tokenizer.startToken());
        generation.put("eos_token_id", tokenizer.endToken());
        generation.put("pad_token_id", tokenizer.padToken());
        generation.put("max_new_tokens", trained.maxTokens());
        generation.put("do_sample", false);
        generation.put("num_beams", 1);
        return generation;
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).map(file -> folder.relativize(file).toString()).sorted().toList();
        }
    }
}
