package org.encore.listeners.mlflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;

/** The file {@code meta.yaml} of an experiment or of a run in MLflow's folders. */
final class Meta {

    private static final String NAME = "meta.yaml";
    private static final Gson GSON = new GsonBuilder().serializeNulls().disableHtmlEscaping().create();

    private Meta() {}

    /** What a folder's file says; empty if there is none that can be read. */
    static Optional<Map<String, @Nullable Object>> read(Path folder) throws IOException {
        Path file = folder.resolve(NAME);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            var values = new LinkedHashMap<String, @Nullable Object>();
            if (new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file)) instanceof Map<?, ?> map) {
                map.forEach((name, value) -> values.put(String.valueOf(name), value));
            }
            return values.isEmpty() ? Optional.empty() : Optional.of(values);
        } catch (YamlEngineException e) {
            return Optional.empty();
        }
    }

    /** Writes it at once. Values stand as in JSON, which is YAML of every version: MLflow would take a bare {@code on} for true. */
    static void write(Path folder, Map<String, @Nullable Object> values) throws IOException {
        var text = new StringBuilder();
        values.forEach((name, value) -> text.append(name).append(": ").append(GSON.toJson(value)).append('\n'));
        Path beside = folder.resolve("." + NAME + ".partial");
        Files.writeString(beside, text);
        Files.move(beside, folder.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
    }
}
