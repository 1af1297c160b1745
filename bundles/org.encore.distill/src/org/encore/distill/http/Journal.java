package org.encore.distill.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;

/**
 * Answers that were paid for, on disk as soon as they are there: requests are answered in any order, and one that fails must not cost those beside it. What
 * is asked again is taken from here.
 */
final class Journal {

    private static final int DIGITS = 16;
    private static final Gson LINE = new GsonBuilder().disableHtmlEscaping().serializeNulls().create();

    private final Path file;
    private final Map<String, JsonElement> answers = new HashMap<>();
    private long requests;
    private long promptTokens;
    private long completionTokens;

    /** One line: an answer with what it took; or, without an answer, what those took that are no longer kept. */
    private record Line(String teacher, String key, JsonElement answer, long requests, long promptTokens, long completionTokens) {}

    private Journal(Path file) {
        this.file = file;
    }

    /** Goes on with the journal of a teacher in a folder. Each has a file of its own: several of an ensemble share the folder. */
    static Journal open(Path folder, String teacher) {
        var journal = new Journal(folder.resolve("http-" + teacher.substring(0, Math.min(DIGITS, teacher.length())) + ".journal"));
        try {
            var kept = new ArrayList<String>();
            for (String text : Files.exists(journal.file) ? Files.readAllLines(journal.file) : List.<String>of()) {
                Optional<Line> line = line(text).filter(l -> teacher.equals(l.teacher()));
                if (line.isPresent()) {
                    journal.take(line.get());
                    kept.add(text);
                }
            }
            journal.rewrite(kept);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return journal;
    }

    private static Optional<Line> line(String text) {
        try {
            return Optional.ofNullable(LINE.fromJson(text, Line.class)).filter(line -> line.key() != null && line.answer() != null);
        } catch (JsonParseException e) {
            return Optional.empty(); // half a line: the process was killed while it wrote
        }
    }

    private void take(Line line) {
        if (!line.key().isEmpty()) {
            answers.put(line.key(), line.answer());
        }
        requests += line.requests();
        promptTokens += line.promptTokens();
        completionTokens += line.completionTokens();
    }

    private void rewrite(List<String> lines) throws IOException {
        Path beside = file.resolveSibling(file.getFileName() + ".new");
        Files.write(beside, lines);
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Forgets all answers but some, whose turn it is: the others are in the cache by now. */
    synchronized void keepOnly(String teacher, Set<String> keys) {
        if (keys.containsAll(answers.keySet())) {
            return;
        }
        answers.keySet().retainAll(keys);
        var lines = new ArrayList<String>();
        lines.add(LINE.toJson(new Line(teacher, "", new com.google.gson.JsonPrimitive(""), requests, promptTokens, completionTokens)));
        answers.forEach((key, answer) -> lines.add(LINE.toJson(new Line(teacher, key, answer, 0, 0, 0))));
        try {
            rewrite(lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized Optional<JsonElement> get(String key) {
        return Optional.ofNullable(answers.get(key));
    }

    /** Adds an answer, which is safe when this returns. */
    synchronized void put(String teacher, String key, JsonElement answer, long prompt, long completion) {
        var line = new Line(teacher, key, answer, 1, prompt, completion);
        try {
            Files.writeString(file, LINE.toJson(line) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND, StandardOpenOption.SYNC);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        take(line);
    }

    synchronized long requests() {
        return requests;
    }

    synchronized long promptTokens() {
        return promptTokens;
    }

    synchronized long completionTokens() {
        return completionTokens;
    }
}
