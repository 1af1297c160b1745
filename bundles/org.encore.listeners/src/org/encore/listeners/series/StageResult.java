package org.encore.listeners.series;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.encore.api.run.Event;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;

/**
 * What a finished stage has found, read from the files of its result: {@code curve.csv}, {@code development.csv}, {@code scores.json},
 * {@code samples.csv}. What is not there or cannot be read is left out.
 *
 * @param written when
 */
record StageResult(Instant written, List<Event.TrainStep> steps, List<Event.TrainEvaluation> evaluations, List<Event.Scored> scores,
        List<Event.Sample> samples) {

    /** The result of a stage that was not run again; empty until the run's folder links to it. */
    static Optional<StageResult> of(Path run, Event.StageCached cached) {
        String of = cached.cell();
        List<Path> places = of.isEmpty() ? List.of(run.resolve(cached.stage()))
                : List.of(run.resolve("cells").resolve(of).resolve(cached.stage()), run.resolve("groups").resolve(of).resolve(cached.stage()));
        return places.stream().filter(Files::isDirectory).findFirst().map(folder -> read(folder, of));
    }

    private static StageResult read(Path folder, String cell) {
        var steps = rows(folder.resolve("curve.csv")).flatMap(row -> part(() -> new Event.TrainStep(cell, whole(row, "step"), whole(row, "tokens"), 0,
                real(row, "lossNats"), real(row, "learningRate"), real(row, "gradientNorm"), real(row, "tokensPerSecond")))).toList();
        var evaluations = rows(folder.resolve("development.csv")).flatMap(row -> part(() -> new Event.TrainEvaluation(cell, whole(row, "step"),
                whole(row, "tokens"), real(row, "lossNats")))).toList();
        var samples = rows(folder.resolve("samples.csv")).flatMap(row -> part(() -> new Event.Sample(row.getOrDefault("cell", ""),
                (int) whole(row, "repeat"), real(row, "firstTokenMillis"), real(row, "perTokenMillis"), Boolean.parseBoolean(row.get("voided")))))
                .toList();
        return new StageResult(written(folder), steps, evaluations, scores(folder.resolve("scores.json"), cell), samples);
    }

    private static Instant written(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.toFile().lastModified()).max(Long::compare).map(Instant::ofEpochMilli).orElseGet(Instant::now);
        } catch (IOException e) {
            return Instant.now();
        }
    }

    /** Rows of a table with a header, column to value. */
    private static Stream<Map<String, String>> rows(Path table) {
        List<String> lines;
        try {
            lines = Files.exists(table) ? Files.readAllLines(table) : List.of();
        } catch (IOException e) {
            lines = List.of();
        }
        var rows = new ArrayList<Map<String, String>>();
        String[] columns = lines.isEmpty() ? new String[0] : lines.getFirst().split(",");
        for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
            String[] values = line.split(",");
            var row = new LinkedHashMap<String, String>();
            for (int i = 0; i < Math.min(columns.length, values.length); i++) {
                row.put(columns[i], values[i]);
            }
            rows.add(row);
        }
        return rows.stream();
    }

    private interface Reading<T> {
        T read();
    }

    /** What a damaged row holds is left out. */
    private static <T> Stream<T> part(Reading<T> reading) {
        try {
            return Stream.of(reading.read());
        } catch (NumberFormatException e) {
            return Stream.empty();
        }
    }

    private static long whole(Map<String, String> row, String column) {
        return Long.parseLong(row.getOrDefault(column, ""));
    }

    private static double real(Map<String, String> row, String column) {
        return Double.parseDouble(row.getOrDefault(column, ""));
    }

    private static List<Event.Scored> scores(Path file, String cell) {
        var scores = new ArrayList<Event.Scored>();
        try {
            if (!Files.exists(file)) {
                return List.of();
            }
            JsonObject splits = JsonParser.parseString(Files.readString(file)).getAsJsonObject().getAsJsonObject("splits");
            for (Map.Entry<String, JsonElement> split : splits.entrySet()) {
                for (Map.Entry<String, JsonElement> metric : split.getValue().getAsJsonObject().entrySet()) {
                    JsonObject score = metric.getValue().getAsJsonObject();
                    scores.add(new Event.Scored(cell, split.getKey(), metric.getKey(), score.get("value").getAsDouble(),
                            score.get("unit").getAsString(), score.get("examples").getAsLong()));
                }
            }
        } catch (IOException | JsonParseException | IllegalStateException | NullPointerException e) {
            return List.of();
        }
        return scores;
    }
}
