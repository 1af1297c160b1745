package org.encore.experiment.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.encore.api.Availability;
import org.encore.api.Unavailable;
import org.encore.api.device.NativeRuntime;
import org.encore.experiment.run.WholeFile;

import com.google.gson.Gson;

/** Loads a build of a native runtime in a process of its own: two builds never meet in one, and one that crashes costs a sentence. */
public final class RuntimeTrial {

    /** Environment variable from which the command takes builds, before the user's settings. */
    static final String VARIABLE = "ENCORE_RUNTIMES";
    private static final String COMMAND = "encore.command";
    private static final long PATIENCE_SECONDS = 120;
    private static final int SIGNALLED = 128;
    private static final Gson GSON = new Gson();

    private RuntimeTrial() {}

    /** What the other process found; a problem is the empty text if there is none. */
    private record Answer(String problem, String remedy, String version, List<Line> parts) {}

    private record Line(String name, boolean here, String text, String remedy) {}

    /**
     * Tries a build.
     *
     * @param id of the runtime
     * @param folder with the build
     * @throws Unavailable if it cannot be used: one sentence
     */
    public static NativeRuntime.Loaded of(String id, Path folder) throws IOException {
        String command = System.getProperty(COMMAND, "");
        if (command.isEmpty()) {
            throw new Unavailable("a build is tried in a process of its own, and nothing says how to start one", "Start Encore by its command 'encore'");
        }
        Path place = Files.createTempDirectory("encore-runtime");
        Path answer = place.resolve("answer.json");
        Path log = place.resolve("log.txt");
        try {
            var builder = new ProcessBuilder(command, "runtime", "try", id, answer.toString()).redirectErrorStream(true).redirectOutput(log.toFile());
            builder.environment().put(VARIABLE, id + "=" + folder);
            builder.environment().put("ENCORE_CRASH_FILE", place.resolve("crash.log").toString());
            Process process = builder.start();
            boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly().waitFor();
            }
            if (Files.exists(answer)) {
                return loaded(GSON.fromJson(WholeFile.text(answer), Answer.class));
            }
            throw new Unavailable("the build in " + folder + " could not be tried: " + (ended ? ending(process.exitValue(), log)
                    : "it did not load within " + PATIENCE_SECONDS + " s"), "Take a build for this system and this processor.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("stopped while a build was tried", e);
        } finally {
            for (String name : List.of("answer.json", "log.txt", "crash.log")) {
                Files.deleteIfExists(place.resolve(name));
            }
            Files.deleteIfExists(place);
        }
    }

    private static String ending(int code, Path log) throws IOException {
        if (code > SIGNALLED) {
            return "it crashed (signal " + (code - SIGNALLED) + ")";
        }
        List<String> said = WholeFile.lines(log);
        return "the process ended with code " + code + (said.isEmpty() ? "" : ": " + said.getLast());
    }

    private static NativeRuntime.Loaded loaded(Answer answer) {
        if (!answer.problem().isEmpty()) {
            throw new Unavailable(answer.problem(), answer.remedy());
        }
        return new NativeRuntime.Loaded(answer.version(), answer.parts().stream().map(part -> new NativeRuntime.Part(part.name(), part.here()
                ? new Availability.Present(part.text())
                : new Availability.Missing(part.text(), part.remedy()))).toList());
    }

    /** The other side: loads what this process is to use, and writes what it found. */
    public static void answer(NativeRuntime runtime, Path answer) throws IOException {
        WholeFile.write(answer, GSON.toJson(found(runtime)));
    }

    private static Answer found(NativeRuntime runtime) {
        try {
            NativeRuntime.Loaded loaded = runtime.load();
            return new Answer("", "", loaded.version(), loaded.parts().stream().map(RuntimeTrial::line).toList());
        } catch (Unavailable unavailable) {
            return new Answer(unavailable.missing().reason(), unavailable.remedy(), "", List.of());
        }
    }

    private static Line line(NativeRuntime.Part part) {
        return switch (part.availability()) {
            case Availability.Present present -> new Line(part.name(), true, present.description(), "");
            case Availability.Missing missing -> new Line(part.name(), false, missing.reason(), missing.remedy());
        };
    }
}
