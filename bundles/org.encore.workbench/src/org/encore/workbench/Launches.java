package org.encore.workbench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/** The headless process that this window started, if one is running. It outlives the window: closing the window stops nothing. */
final class Launches {

    private @Nullable Process process;
    private boolean asked;
    private final Consumer<String> output;
    private final Runnable ended;

    /**
     * @param output gets each line that the process prints, on a thread of its own
     * @param ended called when it has ended, on that thread
     */
    Launches(Consumer<String> output, Runnable ended) {
        this.output = output;
        this.ended = ended;
    }

    private static List<String> commandLine(Path experiment) {
        return List.of(Runs.command(), "run", experiment.toString(), "--runs", Runs.folder().toString());
    }

    /** What one would type in a terminal for the same. */
    static String shown(Path experiment) {
        boolean usual = Runs.folder().equals(Path.of("runs").toAbsolutePath());
        return "$ encore run " + quoted(experiment) + (usual ? "" : " --runs " + quoted(Runs.folder()));
    }

    private static String quoted(Path path) {
        String text = path.toString();
        return text.matches("[\\w@%+=:,./-]*") ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    boolean isRunning() {
        Process current = process;
        return current != null && current.isAlive();
    }

    /** @throws IOException if the process cannot be started; the message says why and what to do */
    void start(Path experiment) throws IOException {
        if (!Files.isRegularFile(experiment)) {
            throw new IOException("There is no file " + experiment + ". Choose an experiment file, such as examples/quickstart.yaml.");
        }
        Process started;
        try {
            started = new ProcessBuilder(commandLine(experiment)).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new IOException("The command " + Runs.command() + " cannot be started: " + e.getMessage()
                    + ". Start the window by 'encore workbench'.", e);
        }
        process = started;
        asked = false;
        var reader = new Thread(() -> read(started), "output of " + experiment.getFileName());
        reader.setDaemon(true);
        reader.start();
    }

    private void read(Process started) {
        try (var lines = new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.accept(line);
            }
            int code = started.waitFor();
            output.accept(code == 0 ? "the process has ended" : "the process has ended with code " + code);
        } catch (IOException e) {
            output.accept("the output of the process cannot be read: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ended.run();
    }

    /**
     * Asks the process and those that it started to stop: it finishes its step, keeps what it has and ends. Asked a second time, ends them
     * at once; what a finished stage left is kept then too.
     */
    void stop() {
        Process current = process;
        if (current == null || !current.isAlive()) {
            return;
        }
        List<ProcessHandle> children = current.descendants().toList();
        if (asked) {
            output.accept("ending process " + current.pid() + " at once");
            current.destroyForcibly();
            children.forEach(ProcessHandle::destroyForcibly);
        } else {
            asked = true;
            output.accept("stopping process " + current.pid() + ": it finishes its step and keeps what it has; Stop again ends it at once");
            current.toHandle().destroy(); // unlike Process.destroy, this leaves the output open: what is said while stopping is shown
            children.forEach(ProcessHandle::destroy);
        }
    }
}
