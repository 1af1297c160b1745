package org.encore.workbench.part;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.OperationCanceledException;

/**
 * What a command said, run to its end in a process of its own: whatever it loads or breaks, the window stays as it is.
 *
 * @param code 0 if it did what it should
 * @param out what it printed
 * @param error what it said beside
 */
public record CommandRun(int code, String out, String error) {

    private static final long PERIOD_MILLIS = 100;

    /**
     * Runs a command, off the user interface's thread.
     *
     * @param program that starts Encore
     * @throws IOException if it cannot be started; the message says what to do
     * @throws OperationCanceledException if the monitor was cancelled; the process is ended then
     */
    public static CommandRun of(String program, ShellLine line, IProgressMonitor monitor) throws IOException {
        Path out = Files.createTempFile("encore", ".out");
        Path error = Files.createTempFile("encore", ".err");
        try {
            Process process = start(program, line, out, error);
            try {
                while (!process.waitFor(PERIOD_MILLIS, TimeUnit.MILLISECONDS)) {
                    if (monitor.isCanceled()) {
                        throw new OperationCanceledException();
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new OperationCanceledException();
            } finally {
                process.descendants().forEach(ProcessHandle::destroy);
                process.destroy();
            }
            return new CommandRun(process.exitValue(), Files.readString(out, StandardCharsets.UTF_8), Files.readString(error,
                    StandardCharsets.UTF_8));
        } finally {
            Files.deleteIfExists(out);
            Files.deleteIfExists(error);
        }
    }

    private static Process start(String program, ShellLine line, Path out, Path error) throws IOException {
        try {
            var words = new ArrayList<>(List.of(program));
            words.addAll(line.words());
            var builder = new ProcessBuilder(words).redirectOutput(out.toFile()).redirectError(error.toFile());
            builder.environment().putAll(line.environment());
            return builder.start();
        } catch (IOException e) {
            throw new IOException("The command " + program + " cannot be started: " + e.getMessage() + ". Start the window by 'encore workbench'.",
                    e);
        }
    }

    /** Why it did not do what it should: what it said. */
    public String reason() {
        return (error.isBlank() ? out : error).strip();
    }
}
