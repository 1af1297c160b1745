package org.encore.experiment.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.namespace.HostNamespace;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;

/** What code a result came from: the classes of a bundle, and the names and versions of the bundles and fragments it is wired to. */
final class CodeDigest {

    private static final Map<Bundle, String> KNOWN = new ConcurrentHashMap<>();

    private CodeDigest() {}

    /** Digest of the bundle that a class comes from. */
    static String of(Class<?> type) {
        Bundle bundle = FrameworkUtil.getBundle(type);
        if (bundle == null) {
            throw new IllegalStateException(type.getName() + " does not come from a bundle; run inside the platform");
        }
        return KNOWN.computeIfAbsent(bundle, CodeDigest::of);
    }

    private static String of(Bundle bundle) {
        MessageDigest digest = Digests.digest();
        var entries = new ArrayList<>(Collections.list(java.util.Objects.requireNonNullElse(bundle.findEntries("/", "*.class", true),
                Collections.<URL>emptyEnumeration())));
        entries.sort(java.util.Comparator.comparing(URL::getPath));
        try {
            for (URL entry : entries) {
                digest.update(entry.getPath().getBytes(java.nio.charset.StandardCharsets.UTF_8));
                try (InputStream bytes = entry.openStream()) {
                    digest.update(bytes.readAllBytes());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the classes of bundle " + bundle.getSymbolicName(), e);
        }
        digest.update(String.join(" ", libraries(bundle)).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return Digests.hex(digest.digest());
    }

    /** Foreign bundles in use, natives in fragments included; our own are digested by content where they matter. */
    private static TreeSet<String> libraries(Bundle bundle) {
        var names = new TreeSet<String>();
        for (BundleWire wire : bundle.adapt(BundleWiring.class).getRequiredWires(null)) {
            Bundle provider = wire.getProvider().getBundle();
            if (!provider.getSymbolicName().startsWith("org.encore.")) {
                names.add(provider.getSymbolicName() + " " + provider.getVersion());
                for (BundleWire fragment : wire.getProviderWiring().getProvidedWires(HostNamespace.HOST_NAMESPACE)) {
                    names.add(fragment.getRequirer().getSymbolicName() + " " + fragment.getRequirer().getVersion());
                }
            }
        }
        return names;
    }
}
