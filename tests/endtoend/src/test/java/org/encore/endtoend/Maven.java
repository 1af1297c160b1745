package org.encore.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Plain Maven, as somebody runs it outside this tree. What it fetches stays out of the user's repository. */
final class Maven {

    private static final long PATIENCE_SECONDS = 240;

    private Maven() {}

    /** What it printed. What is fetched already is enough in most cases; otherwise Maven Central is asked. */
    static String run(Path project, String... arguments) throws IOException, InterruptedException {
        Path log = Files.createTempFile(project.getParent(), "mvn", ".log");
        var offline = new ArrayList<>(List.of("--offline", "-Daether.offline.protocols=file"));
        offline.addAll(List.of(arguments));
        if (!succeeds(project, log, offline) && !succeeds(project, log, List.of(arguments))) {
            throw new AssertionError(project.getFileName() + " does not build:\n" + Files.readString(log));
        }
        return Files.readString(log);
    }

    private static boolean succeeds(Path project, Path log, List<String> arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(System.getProperty("encore.maven"), "-B", "-ntp", "-Dmaven.repo.local="
                + System.getProperty("encore.fetched"), "-Dmaven.repo.local.tail=" + System.getProperty("encore.repository")));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).directory(project.toFile()).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process maven = builder.start();
        if (!maven.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            maven.destroyForcibly();
            return false;
        }
        return maven.exitValue() == 0;
    }
}
