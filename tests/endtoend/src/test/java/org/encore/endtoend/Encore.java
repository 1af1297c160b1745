package org.encore.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The installed command, started as a user starts it. */
final class Encore {

    static final String COMMAND = System.getProperty("encore.command");
    private static final long PATIENCE_SECONDS = 240;

    private final Path folder;
    private final Process process;
    private final Path out;
    private final Path err;

    private Encore(Path folder, Map<String, String> environment, List<String> command) throws IOException {
        this.folder = folder;
        this.out = Files.createTempFile(folder, "out", ".txt");
        this.err = Files.createTempFile(folder, "err", ".txt");
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().put("ENCORE_BUILD", "never"); // what this build has made, whatever is edited meanwhile
        builder.environment().remove("ENCORE_INSTALLATION");
        builder.environment().put("ENCORE_PLUGINS", ""); // whoever runs this may have some
        builder.environment().put("ENCORE_RUNTIMES", ""); // likewise
        builder.environment().putAll(environment);
        this.process = builder.start();
    }

    static Encore start(Path folder, String... arguments) throws IOException {
        return start(folder, Map.of(), arguments);
    }

    static Encore start(Path folder, Map<String, String> environment, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(COMMAND));
        command.addAll(List.of(arguments));
        return new Encore(folder, environment, command);
    }

    /** By a shell, such as under a limit. */
    static Encore startInShell(Path folder, String line) throws IOException {
        return new Encore(folder, Map.of(), List.of("bash", "-c", line));
    }

    Encore await() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("still running after " + PATIENCE_SECONDS + " s: " + out());
        }
        return this;
    }

    /** Waits until the output holds some text. */
    void awaitOutput(String text) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!out().contains(text)) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new AssertionError("'" + text + "' was not printed: " + out() + err());
            }
            Thread.sleep(50);
        }
    }

    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    }

    /** Kills the process and all that it has started, if it leads a group; false if it had ended by itself. */
    boolean killGroup() throws IOException, InterruptedException {
        boolean struck = process.isAlive();
        new ProcessBuilder("kill", "-KILL", "--", "-" + process.pid()).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
        process.waitFor();
        return struck;
    }

    /** Processes that this one has started, and theirs. */
    List<ProcessHandle> descendants() {
        return process.descendants().toList();
    }

    int code() {
        return process.exitValue();
    }

    String out() {
        return read(out);
    }

    String err() {
        return read(err);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    Path folder() {
        return folder;
    }
}
