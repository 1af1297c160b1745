import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * How long the window takes, from the command to the first thing that it can be asked to do, as its own log says when; on the display that is there. One
 * argument: the command. Goal: 3 s.
 */
final class Window {

    private static final int TIMES = 7;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String READY = "the window is ready";

    private final Path folder;
    private final String command;

    private Window(Path folder, String command) {
        this.folder = folder;
        this.command = command;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("window");
        try {
            new Window(folder, Path.of(arguments[0]).toAbsolutePath().toString()).measure();
        } finally {
            delete(folder);
        }
    }

    private void measure() throws IOException, InterruptedException {
        var first = new ArrayList<Double>();
        var again = new ArrayList<Double>();
        for (int i = 0; i < TIMES; i++) {
            Path state = folder.resolve("state-" + i);
            first.add(start(state));
            again.add(start(state));
        }
        print("the first time, with the welcome page", first);
        print("again, with what was open before", again);
    }

    private double start(Path state) throws IOException, InterruptedException {
        Path log = state.resolve("encore/workbench/.metadata/.log");
        Files.deleteIfExists(log);
        var builder = new ProcessBuilder(command, "workbench").directory(folder.toFile()).redirectErrorStream(true).redirectOutput(folder.resolve("out.txt").toFile());
        builder.environment().put("XDG_STATE_HOME", state.toString());
        builder.environment().put("XDG_CACHE_HOME", state.resolve("cache").toString());
        long begun = System.nanoTime();
        Process window = builder.start();
        try {
            while (!Files.exists(log) || !Files.readString(log).contains(READY)) {
                if (!window.isAlive() || System.nanoTime() - begun > PATIENCE.toNanos()) {
                    throw new IllegalStateException("the window did not come up: " + Files.readString(folder.resolve("out.txt")));
                }
                Thread.sleep(5);
            }
            return (System.nanoTime() - begun) / 1e9;
        } finally {
            window.descendants().forEach(ProcessHandle::destroy);
            window.destroy();
            window.waitFor(20, TimeUnit.SECONDS);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static void print(String what, List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        System.out.printf(Locale.ROOT, "%-50s median %6.2f s  (%.2f to %.2f, n = %d)%n", what, sorted.get(sorted.size() / 2), sorted.getFirst(), sorted.getLast(),
                sorted.size());
    }
}
