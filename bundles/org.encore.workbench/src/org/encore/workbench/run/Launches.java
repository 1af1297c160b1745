package org.encore.workbench.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;

import org.encore.workbench.Installation;
import org.encore.workbench.Settings;
import org.encore.workbench.part.ShellLine;
import org.jspecify.annotations.Nullable;

/**
 * The headless process that this window started, if one is running, and what it prints. It outlives the window: closing the window stops nothing.
 * May be used from any thread.
 */
public final class Launches {

    private static final int MOST_LINES = 5000;
    private static final Launches OF_WORKBENCH = new Launches();

    private final Set<Listener> listeners = new CopyOnWriteArraySet<>();
    private final List<String> printed = new ArrayList<>();
    /** Until it has ended. Nobody asks it whether it is alive: it would take a lock for that, and the user interface's thread takes none. */
    private volatile @Nullable Process process;
    private volatile @Nullable Instant began;
    private boolean asked;

    private Launches() {}

    /** Those of this window. */
    public static Launches ofWorkbench() {
        return OF_WORKBENCH;
    }

    /** Who is told; on any thread. */
    public interface Listener {

        /** A line was printed. */
        void printed(String line);

        /** A process began or ended. */
        void changed();
    }

    public void add(Listener listener) {
        listeners.add(listener);
    }

    public void remove(Listener listener) {
        listeners.remove(listener);
    }

    /** What was printed, the last few thousand lines. */
    public List<String> lines() {
        synchronized (printed) {
            return List.copyOf(printed);
        }
    }

    private void print(String line) {
        synchronized (printed) {
            if (printed.size() >= MOST_LINES) {
                printed.subList(0, MOST_LINES / 2).clear();
            }
            printed.add(line);
        }
        listeners.forEach(listener -> listener.printed(line));
    }

    /** When the last one was started; nothing if none was. */
    @Nullable Instant began() {
        return began;
    }

    public boolean isRunning() {
        return process != null;
    }

    /**
     * Runs an experiment as the settings say. It reads the file's attributes and starts a process.
     *
     * @throws IOException if it cannot be started; the message says why and what to do
     */
    public void start(Path experiment) throws IOException {
        if (!Files.isRegularFile(experiment)) {
            throw new IOException("There is no file " + experiment + ". Choose an experiment file, such as examples/quickstart.yaml.");
        }
        ShellLine line = Settings.run(experiment);
        print("$ " + line);
        Process started;
        try {
            var command = new ArrayList<String>(List.of(Installation.command()));
            command.addAll(line.words());
            var builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().putAll(line.environment());
            began = Instant.now();
            started = builder.start();
        } catch (IOException e) {
            throw new IOException("The command " + Installation.command() + " cannot be started: " + e.getMessage()
                    + ". Start the window by 'encore workbench'.", e);
        }
        process = started;
        asked = false;
        started.onExit().thenRun(() -> ended(started));
        var reader = new Thread(() -> read(started), "output of " + experiment.getFileName());
        reader.setDaemon(true);
        reader.start();
        listeners.forEach(Listener::changed);
    }

    private void read(Process started) {
        try (var lines = new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                print(line);
            }
            int code = started.waitFor();
            print(code == 0 ? "the process has ended" : "the process has ended with code " + code);
        } catch (IOException e) {
            print("the output of the process cannot be read: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void ended(Process one) {
        if (process == one) { // or another has been started meanwhile
            process = null;
        }
        listeners.forEach(Listener::changed);
    }

    /**
     * Asks the process and those that it started to stop: it finishes its step, keeps what it has and ends. Asked a second time, ends them
     * at once; what a finished stage left is kept then too.
     */
    public void stop() {
        Process current = process;
        if (current == null) {
            return;
        }
        List<ProcessHandle> children = current.descendants().toList();
        if (asked) {
            print("ending process " + current.pid() + " at once");
            current.destroyForcibly();
            children.forEach(ProcessHandle::destroyForcibly);
        } else {
            asked = true;
            print("stopping process " + current.pid() + ": it finishes its step and keeps what it has; Stop again ends it at once");
            current.toHandle().destroy(); // unlike Process.destroy, this leaves the output open: what is said while stopping is shown
            children.forEach(ProcessHandle::destroy);
        }
    }
}
