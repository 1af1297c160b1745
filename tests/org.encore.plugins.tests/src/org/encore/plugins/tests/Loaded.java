package org.encore.plugins.tests;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkUtil;

/** The plug-ins that this process has. */
final class Loaded {

    private Loaded() {}

    private static Stream<Bundle> bundles() {
        return Arrays.stream(FrameworkUtil.getBundle(Loaded.class).getBundleContext().getBundles())
                .filter(bundle -> bundle.getLocation().startsWith("plug-in:"));
    }

    static List<String> names() {
        return bundles().map(Bundle::getSymbolicName).toList();
    }

    static void takeOut() throws BundleException {
        for (Bundle bundle : bundles().toList()) {
            bundle.uninstall();
        }
    }
}
