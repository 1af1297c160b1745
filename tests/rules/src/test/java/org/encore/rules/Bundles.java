package org.encore.rules;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** The bundles of this tree, as they were just built. */
final class Bundles {

    private static final Path ROOT = Path.of(System.getProperty("encore.root"));

    private Bundles() {}

    record Bundle(String name, Path folder) {

        Path classes() {
            return folder.resolve("target/classes");
        }

        Path sources() {
            return folder.resolve("src");
        }

        /** Names without directives: of exported packages, or of required bundles. */
        List<String> header(String header) {
            try (InputStream in = Files.newInputStream(folder.resolve("META-INF/MANIFEST.MF"))) {
                String value = new Manifest(in).getMainAttributes().getValue(header);
                // a version range has a comma inside quotes
                return value == null ? List.of()
                        : Arrays.stream(value.replaceAll("\"[^\"]*\"", "").split(",")).map(clause -> clause.replaceAll(";.*", "").strip()).toList();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Those that have been compiled: a folder that only prepares for a bundle counts for nothing. */
    static List<Bundle> all() {
        return below("bundles");
    }

    /** The bundles that hold tests. */
    static List<Bundle> tests() {
        return below("tests");
    }

    private static List<Bundle> below(String place) {
        try (Stream<Path> folders = Files.list(ROOT.resolve(place))) {
            return folders.filter(folder -> Files.isDirectory(folder.resolve("target/classes")) && Files.exists(folder.resolve("META-INF/MANIFEST.MF"))).sorted()
                    .map(folder -> new Bundle(folder.getFileName().toString(), folder)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Bundle named(String name) {
        return all().stream().filter(bundle -> bundle.name().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalStateException("bundle " + name + " is not built below " + ROOT));
    }
}
