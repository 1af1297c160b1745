package org.encore.plugins.tests;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** A jar as an author of a plug-in may make it, well or not. */
final class Jar {

    private static final int JAVA_VERSION = 6;

    private final Map<String, String> headers = new LinkedHashMap<>();
    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    /** A bundle that sees the API and has a plugin.xml. */
    static Jar plugin(String name, String version, String... extensions) {
        return bundle(name + ";singleton:=true", version).with("plugin.xml",
                "<?xml version=\"1.0\"?>\n<plugin>\n" + String.join("\n", extensions) + "\n</plugin>\n");
    }

    static Jar bundle(String name, String version) {
        return new Jar().header("Bundle-ManifestVersion", "2").header("Bundle-SymbolicName", name).header("Bundle-Version", version)
                .header("Import-Package", "org.encore.api.task,org.encore.api.training,org.encore.api.option,org.osgi.framework");
    }

    static String extension(String point, String element) {
        return "<extension point=\"org.encore.api." + point + "\">" + element + "</extension>";
    }

    /** The extension of a metric that measures length. */
    static String metric(String id) {
        return extension("metrics", "<metric id=\"" + id + "\" class=\"org.encore.plugins.tests.guest.Length\"/>");
    }

    Jar header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    Jar with(String entry, String content) {
        entries.put(entry, content.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** With a copy of a class of this bundle. */
    Jar with(Class<?> type) throws IOException {
        String entry = type.getName().replace('.', '/') + ".class";
        try (InputStream bytes = type.getResourceAsStream("/" + entry)) {
            entries.put(entry, bytes.readAllBytes());
        }
        return this;
    }

    /** With a copy of a class, as if compiled for a Java to come. */
    Jar withFuture(Class<?> type) throws IOException {
        with(type);
        entries.get(type.getName().replace('.', '/') + ".class")[JAVA_VERSION] = 1;
        return this;
    }

    Path in(Path folder) throws IOException {
        String name = headers.getOrDefault("Bundle-SymbolicName", "plain").replaceAll(";.*", "") + "-" + headers.getOrDefault("Bundle-Version", "0")
                + ".jar";
        return to(folder.resolve(name));
    }

    Path to(Path file) throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.forEach(manifest.getMainAttributes()::putValue);
        try (var jar = new JarOutputStream(Files.newOutputStream(file), manifest)) {
            for (var entry : entries.entrySet()) {
                jar.putNextEntry(new ZipEntry(entry.getKey()));
                jar.write(entry.getValue());
            }
        }
        return file;
    }
}
