package org.encore.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.spi.ToolProvider;

import org.junit.jupiter.api.Test;

/**
 * The framework gives a bundle only what its manifest names. The compiler notices a missing type that the source names, not one that stands between
 * two chained calls or behind a lambda: that one is missing when the line is reached.
 */
class ManifestTest {

    /** Of the JDK, or of bundles that are required as a whole. */
    private static final List<String> NOT_IMPORTED = List.of("java.", "javax.", "org.w3c.dom.", "org.xml.sax.", "org.encore.", "org.eclipse.", "org.osgi.framework.");

    @Test
    void bundlesImportEveryForeignPackageThatTheyUse() {
        assertThat(missing(Bundles.all())).isEmpty();
    }

    @Test
    void testsImportEveryForeignPackageThatTheyUse() {
        assertThat(missing(Bundles.tests())).isEmpty();
    }

    private static Set<String> missing(List<Bundles.Bundle> bundles) {
        var missing = new TreeSet<String>();
        for (var bundle : bundles) {
            Set<String> imported = Set.copyOf(bundle.header("Import-Package"));
            used(bundle).stream().filter(name -> NOT_IMPORTED.stream().noneMatch((name + ".")::startsWith) && !imported.contains(name))
                    .forEach(name -> missing.add(bundle.name() + " uses " + name + " and does not import it"));
        }
        return missing;
    }

    /** Packages that the classes of a bundle refer to, also in the types of calls and lambdas. */
    private static Set<String> used(Bundles.Bundle bundle) {
        var out = new StringWriter();
        ToolProvider jdeps = ToolProvider.findFirst("jdeps").orElseThrow(() -> new IllegalStateException("jdeps is part of every JDK"));
        jdeps.run(new PrintWriter(out), new PrintWriter(out), "-verbose:package", bundle.classes().toString());
        var used = new TreeSet<String>();
        for (String line : out.toString().lines().toList()) {
            String[] words = line.strip().split("\\s+");
            // "   org.encore.report -> j2html.tags   not found"; a line that is not indented is about the whole bundle
            if (line.startsWith("  ") && words.length > 2 && words[1].equals("->")) {
                used.add(words[2]);
            }
        }
        return used;
    }
}
