package org.encore.modelled;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.encore.experiment.result.RunResults;
import org.jspecify.annotations.Nullable;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;

/**
 * Everything that was modelled in a run, as in {@code predict/predictions.json}; no number in it was measured.
 *
 * @param devices by id
 * @param cells one entry for each model and device
 * @param firstError how far first tokens were off on this machine; null if nothing was measured
 * @param laterError how far later tokens were off on this machine; null if nothing was measured
 */
public record Predictions(Map<String, OfDevice> devices, List<OfCell> cells, @Nullable ModelError firstError, @Nullable ModelError laterError) {

    /** Id of the machine at hand. */
    public static final String HERE = "this-machine";
    private static final String FILE = "predictions.json";
    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().serializeSpecialFloatingPointValues().create();

    /** What its card says. */
    public record OfDevice(String name, String kind, String precision, boolean fixedShapes, List<String> assumptions, List<String> sources) {}

    /**
     * One model on one device (modelled).
     *
     * @param cell id
     * @param device id
     * @param source tokens that are read
     * @param target tokens that are generated
     * @param firstTokenMillis from the source to the first token
     * @param perTokenMillis mean of the later tokens
     * @param firstBound arithmetic, memory or launches
     * @param laterBound arithmetic, memory or launches
     * @param weightBytes at the device's precision
     * @param stateBytes caches
     * @param logitsBytes of one call
     * @param fits whether weights, caches and logits are less than the device's memory
     */
    public record OfCell(String cell, String device, int source, int target, double firstTokenMillis, double perTokenMillis, String firstBound,
            String laterBound,
            double weightBytes, double stateBytes, double logitsBytes, boolean fits) {}

    public Predictions {
        cells = List.copyOf(cells);
    }

    /** Of one model on one device. */
    public Optional<OfCell> of(String cell, String device) {
        return cells.stream().filter(c -> c.cell().equals(cell) && c.device().equals(device)).findFirst();
    }

    /** As something that says what it is. */
    public Modelled firstToken(OfCell cell) {
        return new Modelled(cell.firstTokenMillis(), "ms", Optional.ofNullable(firstError));
    }

    /** As something that says what it is. */
    public Modelled perToken(OfCell cell) {
        return new Modelled(cell.perTokenMillis(), "ms", Optional.ofNullable(laterError));
    }

    void write(Path folder) throws IOException {
        Files.writeString(folder.resolve(FILE), GSON.toJson(this));
    }

    /** Those of a run, of all groups of models together; empty if it has none. */
    public static Optional<Predictions> read(RunResults run) throws IOException {
        Optional<Predictions> all = Optional.empty();
        for (String label : run.plan().map(plan -> plan.groups().getOrDefault(PredictStage.ID, Map.of()).keySet()).orElse(Set.of())) {
            Path file = run.folder().ofGroup(label, PredictStage.ID).resolve(FILE);
            if (Files.exists(file)) {
                Predictions next = read(file);
                all = Optional.of(all.isEmpty() ? next : all.get().and(next));
            }
        }
        return all;
    }

    private static Predictions read(Path file) throws IOException {
        try {
            return Optional.ofNullable(GSON.fromJson(Files.readString(file),
                    Predictions.class)).orElseThrow(() -> new JsonParseException("it is empty"));
        } catch (JsonParseException e) {
            throw new IOException(file + " is damaged: " + e.getMessage() + ". Delete its folder and run the experiment again.", e);
        }
    }

    /** Of the worse error: each group was checked by itself. */
    private Predictions and(Predictions next) {
        var both = new LinkedHashMap<>(devices);
        both.putAll(next.devices);
        return new Predictions(both, Stream.concat(cells.stream(), next.cells.stream()).toList(), ModelError.worse(firstError, next.firstError),
                ModelError.worse(laterError, next.laterError));
    }
}
