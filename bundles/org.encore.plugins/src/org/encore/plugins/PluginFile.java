package org.encore.plugins;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

import org.eclipse.osgi.util.ManifestElement;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;

/**
 * A jar that is a bundle, as its manifest tells.
 *
 * @param file the jar
 * @param name symbolic name of the bundle
 * @param version of the bundle
 * @param host name of the bundle that it is a fragment of, if it is one
 */
public record PluginFile(Path file, String name, Version version, Optional<String> host) {

    private static final String ADVICE = "Let bnd-maven-plugin write the manifest (docs/writing-a-plugin.md)";

    /**
     * Reads the manifest.
     *
     * @throws NoPlugin if the file is no bundle, or one whose extensions nobody would see
     */
    public static PluginFile read(Path file) throws NoPlugin {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new NoPlugin("it is no file that can be read");
        }
        // signatures are not verified: nothing here depends on who signed
        try (var jar = new JarFile(file.toFile(), false)) {
            Manifest manifest = jar.getManifest();
            if (manifest == null) {
                throw new NoPlugin("it has no manifest, so it is no bundle. " + ADVICE);
            }
            return of(file, manifest.getMainAttributes(), jar.getEntry("plugin.xml") != null);
        } catch (IOException | IllegalArgumentException | BundleException e) {
            throw new NoPlugin("it is damaged, or no jar at all: " + e.getMessage());
        }
    }

    private static PluginFile of(Path file, Attributes manifest, boolean hasExtensions) throws BundleException, NoPlugin {
        ManifestElement[] names = ManifestElement.parseHeader(Constants.BUNDLE_SYMBOLICNAME, manifest.getValue(Constants.BUNDLE_SYMBOLICNAME));
        if (names == null) {
            throw new NoPlugin("its manifest has no Bundle-SymbolicName, so it is no bundle. " + ADVICE);
        }
        String version = Objects.requireNonNullElse(manifest.getValue(Constants.BUNDLE_VERSION), "0.0.0");
        ManifestElement[] hosts = ManifestElement.parseHeader(Constants.FRAGMENT_HOST, manifest.getValue(Constants.FRAGMENT_HOST));
        if (hasExtensions && !"true".equals(names[0].getDirective(Constants.SINGLETON_DIRECTIVE))) {
            throw new NoPlugin("it has a plugin.xml but is no singleton, so its extensions would not be seen. Write 'Bundle-SymbolicName: "
                    + names[0].getValue() + ";singleton:=true'");
        }
        return new PluginFile(file, names[0].getValue(), Version.parseVersion(version), Optional.ofNullable(hosts).map(host -> host[0].getValue()));
    }
}
