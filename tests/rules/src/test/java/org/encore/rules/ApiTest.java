package org.encore.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The API changes only on purpose: every signature of it is in a file, which is changed in the same commit. */
class ApiTest {

    private static final Path FILES = Path.of(System.getProperty("encore.root"), "tests/rules/src/test/resources/api");
    private static final boolean UPDATE = Boolean.getBoolean("encore.api.update");

    @ParameterizedTest
    @ValueSource(strings = {"org.encore.graph", "org.encore.api", "org.encore.testing", "org.encore.reference"})
    void everySignatureIsAsItWas(String bundle) throws IOException {
        Path file = FILES.resolve(bundle + ".txt");
        List<String> now = signatures(bundle);
        if (UPDATE) {
            Files.createDirectories(FILES);
            Files.write(file, now);
        }
        List<String> before = Files.readAllLines(file);
        var gone = new TreeSet<>(before);
        now.forEach(gone::remove);
        var added = new TreeSet<>(now);
        before.forEach(added::remove);
        assertThat(List.of(gone, added))
                .as("signatures of %s that are gone, which breaks plug-ins, and that are new.\nIf that is meant: say so in CHANGES.md, "
                + "see docs/api-policy.md, and write the file anew: ./mvnw verify -pl tests/rules -am -Dencore.api.update=true", bundle)
                .allMatch(TreeSet::isEmpty);
    }

    private static List<String> signatures(String name) throws IOException {
        var bundle = Bundles.named(name);
        var all = new TreeSet<String>();
        try (var loader = new URLClassLoader(Bundles.all().stream().map(b -> url(b.classes())).toArray(URL[]::new), ApiTest.class.getClassLoader())) {
            for (String exported : bundle.header("Export-Package")) {
                try (var classes = Files.list(bundle.classes().resolve(exported.replace('.', '/')))) {
                    for (Path file : classes.filter(path -> path.toString().endsWith(".class")).toList()) {
                        Signatures.of(exported + "." + file.getFileName().toString().replace(".class", ""), loader).forEach(all::add);
                    }
                }
            }
        }
        return new ArrayList<>(all);
    }

    private static URL url(Path folder) {
        try {
            return folder.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }
}
