package org.encore.distill.cache;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;

/** Whole outputs of a teacher, {@code answers.jsonl}: one line for each source, in order. */
public final class AnswerFile {

    private static final String ANSWERS = "answers.jsonl";
    private static final Gson LINE = new GsonBuilder().disableHtmlEscaping().create();

    private AnswerFile() {}

    /**
     * What {@code teacher.json} says of answers.
     *
     * @param teacher one line for people
     * @param fingerprint of the teacher
     * @param data digest of what the sources are from
     * @param rows sources
     * @param seconds that the teacher took
     */
    public record Header(String format, String teacher, String fingerprint, String data, int rows, double seconds) {
        static final String FORMAT = "encore-teacher-answers-1";
    }

    /** One line. @param seconds of the teacher, shared evenly among the sources that were asked together */
    private record Line(String source, String answer, double seconds) {}

    /** Begins a file, or goes on behind the last whole line. */
    public static Writer writer(Path folder, String fingerprint, String data) throws IOException {
        return new Writer(folder, fingerprint, data);
    }

    /**
     * The answers of a finished file.
     *
     * @param sources that are expected, in order
     * @throws IllegalArgumentException if the folder has no answers, or others than to these sources
     */
    public static List<String> read(Path folder, List<String> sources) throws IOException {
        Path file = folder.resolve(ANSWERS);
        if (!Files.exists(file)) {
            throw new IllegalArgumentException("the teacher of " + folder + " gives distributions and no answers, but the student's targets are to be its "
                    + "answers. Set targets: data, or use a teacher that answers.");
        }
        List<Line> lines = lines(file);
        if (lines.size() != sources.size()) {
            throw new IllegalArgumentException(file + " has " + lines.size() + " answers, the student's data have " + sources.size()
                    + " sources: it was cut off, or is of other data. Delete " + folder + " and run again.");
        }
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).source().equals(sources.get(i))) {
                throw new IllegalArgumentException(String.format(Locale.ROOT, "%s:%d: the teacher answered '%s', the student's data have '%s' there: "
                        + "it is of other data", file, i + 1, lines.get(i).source(), sources.get(i)));
            }
        }
        return lines.stream().map(Line::answer).toList();
    }

    /** What a folder says of its answers; empty if it holds something else. */
    public static Optional<Header> header(Path folder) throws IOException {
        Path file = folder.resolve(CacheWriter.HEADER);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(new Gson().fromJson(Files.readString(file), Header.class)).filter(h -> Header.FORMAT.equals(h.format()));
        } catch (JsonParseException e) {
            throw new IllegalArgumentException(file + " is damaged: " + e.getMessage() + ". Delete its folder and run again.", e);
        }
    }

    /** Whole lines; the end of a killed process's last one is left out. */
    private static List<Line> lines(Path file) throws IOException {
        var lines = new ArrayList<Line>();
        String text = Files.readString(file);
        for (String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
            try {
                lines.add(LINE.fromJson(line, Line.class));
            } catch (JsonParseException e) {
                throw new IllegalArgumentException(file + ":" + (lines.size() + 1) + " is damaged: " + e.getMessage() + ". Delete its folder.", e);
            }
        }
        return lines;
    }

    /** Appends answers, which are safe when {@link #append} returns. */
    public static final class Writer {

        private final Path file;
        private final String fingerprint;
        private final String data;
        private int rows;
        private double seconds;

        private Writer(Path folder, String fingerprint, String data) throws IOException {
            this.file = folder.resolve(ANSWERS);
            this.fingerprint = fingerprint;
            this.data = data;
            List<Line> before = Files.exists(file) ? lines(file) : List.of();
            Files.write(file, before.stream().map(LINE::toJson).toList());
            rows = before.size();
            seconds = before.stream().mapToDouble(Line::seconds).sum();
        }

        /** Sources that are answered. */
        public int rows() {
            return rows;
        }

        /** @throws IllegalArgumentException if there are more or fewer answers than sources */
        public void append(List<String> sources, List<String> answers, double took) throws IOException {
            if (answers.size() != sources.size()) {
                throw new IllegalArgumentException("the teacher gave " + answers.size() + " answers to " + sources.size() + " sources");
            }
            var text = new StringBuilder();
            for (int i = 0; i < sources.size(); i++) {
                text.append(LINE.toJson(new Line(sources.get(i), answers.get(i), took / sources.size()))).append('\n');
            }
            Files.write(file, text.toString().getBytes(StandardCharsets.UTF_8), StandardOpenOption.APPEND, StandardOpenOption.SYNC);
            rows += sources.size();
            seconds += took;
        }

        /** Moves the file to another folder of the same file system. */
        public void finish(Path target, String teacher) throws IOException {
            Files.move(file, target.resolve(ANSWERS), StandardCopyOption.REPLACE_EXISTING);
            Files.writeString(target.resolve(CacheWriter.HEADER), new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create()
                    .toJson(new Header(Header.FORMAT, teacher, fingerprint, data, rows, seconds)));
        }
    }
}
