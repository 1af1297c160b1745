import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How fast the tool itself is, as its user sees it: wall time of the command. One argument: the command.
 * Goals: 10,000 cells planned in 2 s, 1,000 runs listed in 1 s, 50 ms from the end of one job to the start of the next.
 */
final class ToolSpeed {

    private static final int TIMES = 7;
    private static final String MODEL = "a: {decoder-only: {layers: 1, block: {width: 16, heads: 1, kvHeads: 1, headSize: 16}}}";
    private static final String MANY = """
            name: many
            task: g2p-cmudict
            match: {parameters: 0.6M}
            variants:
              decoder-only: {decoder-only: {layers: 6, block: {heads: 4, kvHeads: 2, headSize: 32}}}
              encoder-decoder: {encoder-decoder: {encoderLayers: 4, decoderLayers: 2, block: {heads: 4, kvHeads: 2, headSize: 32}}}
            seeds: [1..10]
            matrix:
              train.learningRate: [1e-3, 2e-3, 3e-3, 4e-3, 5e-3, 6e-3, 7e-3, 8e-3, 9e-3, 1e-2]
              train.tokens: [1.0M, 1.1M, 1.2M, 1.3M, 1.4M, 1.5M, 1.6M, 1.7M, 1.8M, 1.9M]
              train.batchTokens: [1024, 2048, 3072, 4096, 5120]
            """;
    private static final String SMALL = """
            name: small
            task: g2p-cmudict
            variants:
              %s
            seeds: [1..20]
            stages: [data, tokenizer, train, export]
            train: {tokens: 2k, batchTokens: 256}
            """;
    private static final Pattern TIME = Pattern.compile("\"time\":\"([^\"]+)\"");

    private final Path folder;
    private final String command;

    private ToolSpeed(Path folder, String command) {
        this.folder = folder;
        this.command = command;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("tool-speed");
        try {
            new ToolSpeed(folder, Path.of(arguments[0]).toAbsolutePath().toString()).measure();
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private void measure() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("many.yaml"), MANY);
        Files.writeString(folder.resolve("small.yaml"), String.format(SMALL, MODEL));
        print("start (encore --version)", "s", seconds("--version"));
        print("plan of 10,000 cells", "s", seconds("plan", "many.yaml"));
        once("run", "small.yaml");
        Path run;
        try (Stream<Path> runs = Files.list(folder.resolve("runs"))) {
            run = runs.filter(path -> path.getFileName().toString().startsWith("small-")).findFirst().orElseThrow();
        }
        print("from the end of a job to the start of the next", "ms", gaps(run.resolve("events.jsonl")));
        for (int i = 0; i < 1_000; i++) {
            Path copy = Files.createDirectories(folder.resolve("listed/run-2026-01-01-" + (i + 1)));
            for (String file : List.of("events.jsonl", "plan.json", "resolved.yaml", "experiment.yaml")) {
                Files.copy(run.resolve(file), copy.resolve(file));
            }
        }
        print("list of 1,000 runs", "s", seconds("runs", "--runs", "listed"));
    }

    private List<Double> seconds(String... arguments) throws IOException, InterruptedException {
        var times = new ArrayList<Double>();
        for (int i = 0; i < TIMES; i++) {
            times.add(once(arguments));
        }
        return times;
    }

    private double once(String... arguments) throws IOException, InterruptedException {
        var line = new ArrayList<>(List.of(command));
        line.addAll(List.of(arguments));
        Path out = folder.resolve("out.txt");
        long begun = System.nanoTime();
        int code = new ProcessBuilder(line).directory(folder.toFile()).redirectErrorStream(true).redirectOutput(out.toFile()).start().waitFor();
        if (code != 0) {
            throw new IllegalStateException(line + " ended with " + code + ": " + Files.readString(out));
        }
        return (System.nanoTime() - begun) / 1e9;
    }

    /** Between a job's end and the next one's start, in ms. */
    private static List<Double> gaps(Path events) throws IOException {
        var gaps = new ArrayList<Double>();
        Instant ended = null;
        for (String line : Files.readAllLines(events)) {
            Matcher time = TIME.matcher(line);
            if (line.contains("\"stage-finished\"") && time.find()) {
                ended = Instant.parse(time.group(1));
            } else if (line.contains("\"stage-started\"") && ended != null && time.find()) {
                gaps.add(Duration.between(ended, Instant.parse(time.group(1))).toNanos() / 1e6);
            }
        }
        return gaps;
    }

    private static void print(String what, String unit, List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        System.out.printf(Locale.ROOT, "%-50s median %8.2f %s  (%.2f to %.2f, n = %d)%n", what, sorted.get(sorted.size() / 2), unit, sorted.getFirst(),
                sorted.getLast(), sorted.size());
    }
}
