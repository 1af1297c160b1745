package org.encore.experiment.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

import org.encore.api.Sha256;

import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.namespace.HostNamespace;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;

/**
 * What code a result came from: the classes of a bundle, and the names and versions of the bundles and fragments it is wired to. Of plug-ins the
 * whole content counts, also where another uses them: their authors change them without changing the version.
 */
final class CodeDigest {

    private static final Map<Bundle, String> KNOWN = new ConcurrentHashMap<>();
    private static final Map<Bundle, String> CONTENTS = new ConcurrentHashMap<>();

    private CodeDigest() {}

    /** Digest of the bundle that a class comes from. */
    static String of(Class<?> type) {
        return KNOWN.computeIfAbsent(bundle(type), b -> Digests.sha256(content(b) + String.join(" ", libraries(b))));
    }

    /** The bundle that a class comes from. */
    static Bundle bundle(Class<?> type) {
        Bundle bundle = FrameworkUtil.getBundle(type);
        if (bundle == null) {
            throw new IllegalStateException(type.getName() + " does not come from a bundle; run inside the platform");
        }
        return bundle;
    }

    /** Digests of the plug-ins of this process by name. */
    static SortedMap<String, String> ofPlugins() {
        var digests = new TreeMap<String, String>();
        Arrays.stream(FrameworkUtil.getBundle(CodeDigest.class).getBundleContext().getBundles()).filter(CodeDigest::isPlugin)
                .forEach(bundle -> digests.put(bundle.getSymbolicName(), content(bundle)));
        return digests;
    }

    /** The bundles of the installation are installed by reference to where they lie. */
    private static boolean isPlugin(Bundle bundle) {
        return bundle.getBundleId() != 0 && !bundle.getLocation().contains("reference:");
    }

    private static String content(Bundle bundle) {
        return CONTENTS.computeIfAbsent(bundle, CodeDigest::read);
    }

    private static String read(Bundle bundle) {
        MessageDigest digest = Sha256.digest();
        var entries = new TreeSet<URL>(Comparator.comparing(URL::getPath));
        var found = bundle.findEntries("/", isPlugin(bundle) ? "*" : "*.class", true);
        // what a build writes into META-INF has the time of the build in it
        (found == null ? Collections.<URL>emptyList() : Collections.list(found)).stream()
                .filter(entry -> !entry.getPath().endsWith("/") && !entry.getPath().startsWith("/META-INF/")).forEach(entries::add);
        try {
            for (URL entry : entries) {
                digest.update(entry.getPath().getBytes(StandardCharsets.UTF_8));
                try (InputStream bytes = entry.openStream()) {
                    digest.update(bytes.readAllBytes());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read bundle " + bundle.getSymbolicName(), e);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static TreeSet<String> libraries(Bundle bundle) {
        var names = new TreeSet<String>();
        collect(bundle, new HashSet<>(Set.of(bundle)), names);
        return names;
    }

    /** Foreign bundles in use, natives in fragments included; our own are digested by content where they matter. */
    private static void collect(Bundle bundle, Set<Bundle> seen, Set<String> names) {
        for (BundleWire wire : bundle.adapt(BundleWiring.class).getRequiredWires(null)) {
            Bundle provider = wire.getProvider().getBundle();
            if (isPlugin(provider)) {
                if (seen.add(provider)) {
                    names.add(provider.getSymbolicName() + " " + content(provider));
                    collect(provider, seen, names);
                }
            } else if (!provider.getSymbolicName().startsWith("org.encore.")) {
                names.add(provider.getSymbolicName() + " " + provider.getVersion());
                for (BundleWire fragment : wire.getProviderWiring().getProvidedWires(HostNamespace.HOST_NAMESPACE)) {
                    names.add(fragment.getRequirer().getSymbolicName() + " " + fragment.getRequirer().getVersion());
                }
            }
        }
    }
}
