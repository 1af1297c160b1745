package org.encore.listeners.mlflow;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.encore.listeners.series.Point;
import org.encore.listeners.series.Reason;
import org.jspecify.annotations.Nullable;

/**
 * MLflow runs in a folder, laid out as MLflow's file store does ({@code mlflow/store/tracking/file_store.py}):
 * {@code <experiment>/<run>/{meta.yaml,metrics,params,tags,artifacts}}.
 */
final class FolderTracking implements Tracking {

    /** Numbers in MLflow's {@code service.proto}. */
    private static final int RUNNING = 1;
    private static final int LOCAL = 4;

    private final Path root;
    private final Map<String, FolderExperiment> experiments = new HashMap<>();
    private final Map<String, Path> folders = new HashMap<>();

    private FolderTracking(Path root) {
        this.root = root;
    }

    /** @throws IOException if the folder cannot be made */
    static FolderTracking in(Path root) throws IOException {
        try {
            Files.createDirectories(root);
        } catch (FileAlreadyExistsException e) {
            throw new IOException(root + " is a file, not a folder; name another: mlflow: {uri: …}", e);
        } catch (IOException e) {
            throw new IOException("the folder " + root + " cannot be made (" + Reason.of(e) + "); name another: mlflow: {uri: …}", e);
        }
        return new FolderTracking(root);
    }

    @Override
    public Known open(Wanted wanted) throws IOException {
        FolderExperiment experiment = experiment(wanted.experiment());
        Path folder = experiment.folder().resolve(wanted.identity());
        for (String part : List.of("metrics", "params", "tags", "artifacts")) {
            Files.createDirectories(folder.resolve(part));
        }
        folders.put(wanted.identity(), folder);
        for (var parameter : wanted.parameters().entrySet()) {
            Path file = folder.resolve("params").resolve(parameter.getKey());
            if (!Files.exists(file) || Files.size(file) == 0) {
                Files.writeString(file, parameter.getValue());
            }
        }
        for (var tag : wanted.tags().entrySet()) {
            Files.writeString(folder.resolve("tags").resolve(tag.getKey()), tag.getValue());
        }
        Files.deleteIfExists(folder.resolve("tags").resolve(FAILURE));
        Map<String, @Nullable Object> meta = new LinkedHashMap<>(Meta.read(folder).orElseGet(() -> meta(experiment, folder, wanted)));
        meta.put("status", RUNNING);
        meta.put("end_time", null);
        Meta.write(folder, meta);
        return new Known(wanted.identity(), new MetricFiles(folder.resolve("metrics")).latest());
    }

    private FolderExperiment experiment(String name) throws IOException {
        FolderExperiment known = experiments.get(name);
        FolderExperiment experiment = known == null ? FolderExperiment.of(root, name) : known;
        experiments.put(name, experiment);
        return experiment;
    }

    private static Map<String, @Nullable Object> meta(FolderExperiment experiment, Path folder, Wanted wanted) {
        var meta = new LinkedHashMap<String, @Nullable Object>();
        meta.put("artifact_uri", FolderExperiment.uri(folder.resolve("artifacts")));
        meta.put("deleted_time", null);
        meta.put("end_time", null);
        meta.put("entry_point_name", "");
        meta.put("experiment_id", experiment.id());
        meta.put("lifecycle_stage", "active");
        meta.put("run_id", wanted.identity());
        meta.put("run_name", wanted.name());
        meta.put("run_uuid", wanted.identity());
        meta.put("source_name", "");
        meta.put("source_type", LOCAL);
        meta.put("source_version", "");
        meta.put("start_time", wanted.started().toEpochMilli());
        meta.put("status", RUNNING);
        meta.put("tags", List.of());
        meta.put("user_id", System.getProperty("user.name"));
        return meta;
    }

    @Override
    public void metrics(Known run, List<Point> points) throws IOException {
        new MetricFiles(folder(run).resolve("metrics")).append(points);
    }

    @Override
    public void tag(Known run, String key, String value) throws IOException {
        for (var tag : Names.tags(Map.of(key, value)).entrySet()) {
            Files.writeString(folder(run).resolve("tags").resolve(tag.getKey()), tag.getValue());
        }
    }

    @Override
    public void end(Known run, Ending ending, Instant time) throws IOException {
        Path folder = folder(run);
        var meta = new LinkedHashMap<>(Meta.read(folder).orElseThrow(() -> new IOException("meta.yaml of " + folder + " is gone")));
        meta.put("status", ending.number());
        meta.put("end_time", time.toEpochMilli());
        Meta.write(folder, meta);
    }

    @Override
    public void artifact(Known run, Path file) throws IOException {
        Files.copy(file, folder(run).resolve("artifacts").resolve(file.getFileName().toString()), StandardCopyOption.REPLACE_EXISTING);
    }

    private Path folder(Known run) throws IOException {
        Path folder = folders.get(run.id());
        if (folder == null) {
            throw new IOException("MLflow run " + run.id() + " was not opened");
        }
        return folder;
    }

    @Override
    public String place() {
        return root.toString();
    }

    @Override
    public void close() {
        // files are closed after each use
    }
}
