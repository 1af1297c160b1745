package org.encore.workbench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import org.eclipse.ui.PlatformUI;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;

/**
 * The classes that an earlier window loaded as it opened, as the virtual machine wrote them down: loaded by a second core, in the same order, before
 * they are needed. It starts no bundle: classes of one that would be started by that are left to whoever needs them.
 */
final class KnownClasses {

    /** System property: file with a line for each class, {@code name source: where}. */
    private static final String FILE = "encore.classes";
    private static final String SOURCE = " source: ";
    /** Between a bundle's name and its version. */
    private static final Pattern VERSION = Pattern.compile("_\\d+\\.");

    private KnownClasses() {}

    /** Returns when all are loaded, or the window is open. Without the file of an earlier window it does nothing. */
    static void load() {
        String file = System.getProperty(FILE, "");
        List<String> lines;
        try {
            lines = file.isEmpty() ? List.of() : Files.readAllLines(Path.of(file));
        } catch (IOException e) {
            return; // whoever needs a class loads it
        }
        Map<String, Bundle> named = bundles();
        var jars = new HashMap<String, Optional<Bundle>>();
        for (String line : lines) {
            if (PlatformUI.isWorkbenchRunning() && !PlatformUI.getWorkbench().isStarting()) {
                return;
            }
            int at = line.indexOf(SOURCE);
            if (at > 0 && line.endsWith(".jar")) {
                String jar = line.substring(line.lastIndexOf('/') + 1);
                jars.computeIfAbsent(jar, name -> Optional.ofNullable(named.get(VERSION.split(name)[0])))
                        .ifPresent(bundle -> load(bundle, line.substring(0, at)));
            }
        }
    }

    private static void load(Bundle bundle, String name) {
        if (bundle.getState() == Bundle.ACTIVE || bundle.getHeaders("").get(Constants.BUNDLE_ACTIVATIONPOLICY) == null) {
            try {
                bundle.loadClass(name);
            } catch (ClassNotFoundException | LinkageError e) {
                // another version of the bundle, or a fragment, which loads nothing itself: whoever needs the class finds that out
            }
        }
    }

    private static Map<String, Bundle> bundles() {
        var bundles = new HashMap<String, Bundle>();
        for (Bundle bundle : FrameworkUtil.getBundle(KnownClasses.class).getBundleContext().getBundles()) {
            bundles.put(bundle.getSymbolicName(), bundle);
        }
        return bundles;
    }
}
