package org.encore.workbench.about;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;

/** The bundles that this window is made of. */
final class Contents {

    /** Licences of bundles that name none in their manifest, as NOTICE has them, by how their names begin. */
    private static final Map<String, String> KNOWN = Map.of("org.eclipse.", "EPL-2.0", "org.encore.", "Apache-2.0", "ai.djl.", "Apache-2.0",
            "org.apache.", "Apache-2.0", "com.microsoft.onnxruntime", "MIT", "org.jfree.", "LGPL-2.1-or-later", "org.w3c.css.sac", "W3C",
            "com.sun.jna", "Apache-2.0");

    private Contents() {}

    /** One of them. */
    record Row(String name, String version, String licence) {}

    static List<Row> rows() {
        return Arrays.stream(FrameworkUtil.getBundle(Contents.class).getBundleContext().getBundles()).filter(bundle -> bundle.getBundleId() > 0
                || bundle.getSymbolicName() != null).map(bundle -> new Row(bundle.getSymbolicName(), plain(bundle), licence(bundle)))
                .sorted(Comparator.comparing(Row::name)).toList();
    }

    static String version() {
        return plain(FrameworkUtil.getBundle(Contents.class));
    }

    private static String plain(Bundle bundle) {
        var version = bundle.getVersion();
        return version.getMajor() + "." + version.getMinor() + "." + version.getMicro();
    }

    private static String licence(Bundle bundle) {
        return Optional.ofNullable(bundle.getHeaders("").get("Bundle-License")).map(Contents::id).or(() -> KNOWN.entrySet().stream()
                .filter(known -> bundle.getSymbolicName().startsWith(known.getKey())).map(Map.Entry::getValue).findFirst()).orElse("see NOTICE");
    }

    /** Manifests name licences by address or by id. */
    private static String id(String header) {
        return Arrays.stream(header.split(",")).map(part -> part.split(";")[0].replace("\"", "").strip()).map(part -> part.contains("apache.org")
                ? "Apache-2.0"
                : part.toLowerCase(Locale.ROOT).matches(".*epl-(v20|2\\.0).*") ? "EPL-2.0" : part)
                .distinct().collect(Collectors.joining(", "));
    }

    /** For whoever reports a problem. */
    static String report() {
        return "Encore " + version() + "\nJava " + Runtime.version() + ", " + System.getProperty("java.vm.vendor") + "\n"
                + System.getProperty("os.name")
                + " " + System.getProperty("os.version") + " " + System.getProperty("os.arch") + "\n\n" + rows().stream().map(row -> row.name() + " "
                        + row.version() + "  " + row.licence()).collect(Collectors.joining("\n")) + "\n";
    }
}
