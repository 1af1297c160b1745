package org.encore.endtoend;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The example of a plug-in, built outside this tree against the SDK of this build, by plain Maven. */
final class StrangersProject {

    private StrangersProject() {}

    /** The jar. */
    static Path build(Path folder) throws IOException, InterruptedException {
        Path project = folder.resolve("plugin-mingru");
        copy(Path.of(System.getProperty("encore.root"), "examples/plugin-mingru"), project);
        Path sdk = unzip(Path.of(System.getProperty("encore.sdk")), folder);
        Maven.run(project, "-Dencore.sdk=" + sdk, "verify");
        return project.resolve("target/com.example.mingru-1.0.0.jar");
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).filter(file -> !from.relativize(file).startsWith("target")).toList()) {
                Path target = to.resolve(from.relativize(file));
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }

    /** The one folder that it holds. */
    private static Path unzip(Path file, Path folder) throws IOException {
        try (InputStream in = Files.newInputStream(file); var zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path target = folder.resolve(entry.getName());
                Files.createDirectories(target.getParent());
                Files.copy(zip, target);
            }
        }
        return folder.resolve(file.getFileName().toString().replace(".zip", ""));
    }
}
