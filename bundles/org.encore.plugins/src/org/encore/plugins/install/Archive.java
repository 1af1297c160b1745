package org.encore.plugins.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipException;

import org.encore.archives.UntrustedZip;

/** A zip file of several plug-ins, from somewhere else. Its jars are taken out, side by side; what else is in it is left. */
record Archive(Path file) {

    private static final UntrustedZip.Limits LIMITS = new UntrustedZip.Limits(1000, 1L << 30, 100, 0);

    /**
     * Takes the jars out.
     *
     * @param folder where to; exists
     * @throws IllegalArgumentException if the archive is damaged, holds no jar, or is refused; the message names it and the entry
     */
    List<Path> jars(Path folder) throws IOException {
        var jars = new ArrayList<Path>();
        try (UntrustedZip zip = UntrustedZip.open(file, LIMITS)) {
            zip.extract(name -> {
                if (!name.endsWith(".jar")) {
                    return Optional.empty();
                }
                Path jar = folder.resolve(Path.of(name).getFileName().toString());
                if (Files.exists(jar)) {
                    throw zip.refused("it holds two files called " + jar.getFileName());
                }
                jars.add(jar);
                return Optional.of(jar);
            }, () -> false);
            if (jars.isEmpty()) {
                throw zip.refused("it holds no jar");
            }
        } catch (ZipException e) {
            throw UntrustedZip.refused(file, e.getMessage());
        }
        return jars;
    }
}
