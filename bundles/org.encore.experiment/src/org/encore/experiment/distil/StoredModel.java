package org.encore.experiment.distil;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.encore.api.architecture.Architecture;
import org.encore.api.architecture.ChosenArchitecture;
import org.encore.api.extension.ExtensionPoint;
import org.encore.api.extension.Registry;
import org.encore.api.option.Binder;
import org.encore.api.option.Choice;
import org.encore.api.option.ConfigNode;
import org.encore.api.option.Problems;
import org.encore.api.task.Tokenizer;
import org.encore.experiment.yaml.YamlReader;
import org.encore.experiment.yaml.YamlWriter;
import org.encore.graph.Model;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import com.google.gson.ToNumberPolicy;

/**
 * What a trained model is, beside its weights.
 *
 * @param architecture id
 * @param options of the architecture, as plain values
 * @param parameters trained numbers
 * @param tokenizer digest of the tokenizer that it reads with
 */
public record StoredModel(String architecture, Object options, long parameters, String tokenizer) {

    static final String FILE = "model.json";
    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().serializeSpecialFloatingPointValues()
            .setObjectToNumberStrategy(ToNumberPolicy.LONG_OR_DOUBLE).create();

    String json() {
        return GSON.toJson(this);
    }

    static StoredModel read(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        try {
            return GSON.fromJson(Files.readString(file), StoredModel.class);
        } catch (JsonParseException e) {
            throw new IllegalArgumentException(file + " is damaged: " + e.getMessage() + ". Delete its folder and run again.", e);
        }
    }

    /**
     * Builds the model anew.
     *
     * @throws Problems.InvalidConfiguration if the architecture is not installed here, or its options have changed
     */
    Model build(Registry registry, Tokenizer of) {
        var problems = new Problems();
        ConfigNode node = YamlReader.read("teacher", YamlWriter.write(Map.of(architecture, options)), problems).orElse(null);
        Choice<Architecture<?>> choice = node == null ? null : new Binder(registry, problems).choice(ExtensionPoint.ARCHITECTURES, node).orElse(null);
        problems.throwIfAny();
        return ChosenArchitecture.of(choice).build(of.size(), of.startToken());
    }
}
