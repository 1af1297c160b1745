package org.encore.listeners.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Reads a folder by the rules of MLflow's file store (mlflow/store/tracking/file_store.py, 2.17): what it would stumble over is an error here. */
final class FileStore {

    private final Path root;

    FileStore(Path root) {
        this.root = root;
    }

    record Value(long milliseconds, double value, long step) {}

    record Run(String id, Map<String, Object> meta, Map<String, String> params, Map<String, String> tags, Map<String, List<Value>> metrics,
            Path folder) {

        String name() {
            return (String) meta.get("run_name");
        }

        List<String> steps(String metric) {
            return metrics.get(metric).stream().map(value -> value.step() + ": " + value.value()).toList();
        }
    }

    /** Active experiments, name to id. */
    Map<String, String> experiments() throws IOException {
        var experiments = new TreeMap<String, String>();
        for (Path folder : folders(root)) {
            if (folder.getFileName().toString().equals(".trash")) {
                continue;
            }
            Map<String, Object> meta = meta(folder);
            assertThat(meta).containsKeys("artifact_location", "experiment_id", "lifecycle_stage", "name", "creation_time", "last_update_time");
            assertThat(meta.get("experiment_id")).as("a text, which is the folder's name").isEqualTo(folder.getFileName().toString());
            assertThat((String) meta.get("artifact_location")).isEqualTo("file://" + folder.toAbsolutePath());
            assertThat(experiments.put((String) meta.get("name"), (String) meta.get("experiment_id"))).as("one of each name").isNull();
        }
        return experiments;
    }

    /** Runs of an experiment by name. */
    Map<String, Run> runs(String experiment) throws IOException {
        var runs = new LinkedHashMap<String, Run>();
        String id = experiments().get(experiment);
        for (Path folder : folders(root.resolve(id))) {
            if (Set.of("tags", "datasets", "traces").contains(folder.getFileName().toString())) {
                continue;
            }
            Map<String, Object> meta = meta(folder);
            assertThat(meta).containsKeys("artifact_uri", "end_time", "entry_point_name", "experiment_id", "lifecycle_stage", "run_id", "run_name",
                    "run_uuid",
                    "source_name", "source_type", "source_version", "start_time", "status", "tags", "user_id");
            assertThat(meta.get("experiment_id")).isEqualTo(id);
            assertThat(meta.get("run_id")).isEqualTo(folder.getFileName().toString());
            assertThat(meta.get("run_uuid")).isEqualTo(folder.getFileName().toString());
            assertThat(folder.getFileName().toString()).matches("[a-zA-Z0-9][\\w-]{0,255}");
            var metrics = new TreeMap<String, List<Value>>();
            for (var file : files(folder.resolve("metrics")).entrySet()) {
                assertThat(file.getValue()).as("metric file %s", file.getKey()).isNotEmpty().endsWith("\n");
                metrics.put(name(file.getKey()), file.getValue().lines().map(FileStore::value).toList());
            }
            var run = new Run(folder.getFileName().toString(), meta, named(files(folder.resolve("params"))), named(files(folder.resolve("tags"))),
                    metrics, folder);
            assertThat(run.tags().get("mlflow.runName")).isEqualTo(run.name());
            assertThat(run.params().values()).allMatch(value -> value.length() <= 500);
            assertThat(runs.put(run.name(), run)).as("one run of each name").isNull();
        }
        return runs;
    }

    private static Value value(String line) {
        String[] parts = line.strip().split(" ");
        assertThat(parts).as("line '%s'", line).hasSize(3);
        return new Value(Long.parseLong(parts[0]), Double.parseDouble(parts[1]), Long.parseLong(parts[2]));
    }

    private static Map<String, String> named(Map<String, String> files) {
        files.keySet().forEach(FileStore::name);
        return files;
    }

    /** A key as _validate_metric_name takes it. */
    static String name(String key) {
        assertThat(key).matches("[/\\w.\\- ]{1,250}");
        assertThat(Path.of(key).normalize()).hasToString(key).isRelative();
        assertThat(key).doesNotStartWith("..");
        return key;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> meta(Path folder) throws IOException {
        return (Map<String, Object>) new Load(LoadSettings.builder().build()).loadFromString(Files.readString(folder.resolve("meta.yaml")));
    }

    private static List<Path> folders(Path in) throws IOException {
        try (Stream<Path> all = Files.list(in)) {
            return all.filter(Files::isDirectory).toList();
        }
    }

    /** Content of all files below a folder, by relative path. */
    private static Map<String, String> files(Path in) throws IOException {
        var files = new TreeMap<String, String>();
        try (Stream<Path> all = Files.walk(in)) {
            for (Path file : new ArrayList<>(all.filter(Files::isRegularFile).toList())) {
                files.put(in.relativize(file).toString(), Files.readString(file));
            }
        }
        return files;
    }
}
