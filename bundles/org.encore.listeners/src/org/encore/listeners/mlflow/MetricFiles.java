package org.encore.listeners.mlflow;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.encore.listeners.series.Point;

/** The files of a run's series in MLflow's folders: a line {@code <ms since 1970> <value> <step>} for each value. MLflow takes no broken line. */
record MetricFiles(Path folder) {

    private static final long ABSENT = -1;

    /** Series to the last step that is there. Lines that a killed process left half-written are taken away. */
    Map<String, Long> latest() throws IOException {
        var latest = new HashMap<String, Long>();
        if (!Files.isDirectory(folder)) {
            return latest;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                for (String line : mended(file).split("\n")) {
                    String[] parts = line.split(" ");
                    if (parts.length == 3 && parts[2].matches("-?\\d{1,18}")) {
                        latest.merge(folder.relativize(file).toString(), Long.parseLong(parts[2]), Math::max);
                    }
                }
            }
        }
        return latest;
    }

    /** The whole lines of a file, and nothing else left in it. */
    private static String mended(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1); // one character for each byte, whatever they are
        int end = text.lastIndexOf('\n') + 1;
        if (end == 0) {
            Files.delete(file); // MLflow stumbles over an empty file
        } else if (end < text.length()) {
            cut(file, end);
        }
        return text.substring(0, end);
    }

    /** Adds points, all or none. */
    void append(List<Point> points) throws IOException {
        var lines = new LinkedHashMap<String, StringBuilder>();
        for (Point point : points) {
            lines.computeIfAbsent(Names.metric(point.series()), series -> new StringBuilder()).append(point.time().toEpochMilli()).append(' ')
                    .append(point.value()).append(' ').append(point.step()).append('\n');
        }
        var before = new LinkedHashMap<Path, Long>();
        try {
            for (var ofSeries : lines.entrySet()) {
                Path file = folder.resolve(ofSeries.getKey());
                Files.createDirectories(file.getParent());
                before.put(file, Files.exists(file) ? Files.size(file) : ABSENT);
                append(file, ofSeries.getValue().toString());
            }
        } catch (IOException e) {
            undo(before, e);
            throw e;
        }
    }

    private static void append(Path file, String lines) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            var bytes = ByteBuffer.wrap(lines.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }

    private static void undo(Map<Path, Long> sizes, IOException cause) {
        for (var size : sizes.entrySet()) {
            try {
                if (size.getValue() == ABSENT) {
                    Files.deleteIfExists(size.getKey());
                } else {
                    cut(size.getKey(), size.getValue());
                }
            } catch (IOException e) {
                cause.addSuppressed(e);
            }
        }
    }

    private static void cut(Path file, long size) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(size);
        }
    }
}
