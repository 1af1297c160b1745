package org.encore.plugins;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.encore.plugins.Plugin.State;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * Brings plug-ins into the running platform, for this process only. The platform notices their extensions by itself, so this comes before anything
 * looks at extensions.
 *
 * <p>Each process takes a copy of the jars in its own temporary folder: replacing one does not disturb a training that goes on. Nothing that is there
 * already is changed or refreshed, because native libraries would not survive it. So a fragment is refused unless its host is a plug-in too.
 */
public final class Plugins {

    /** Begins the location of every bundle that is a plug-in, for whoever asks where code comes from. */
    private static final String LOCATION = "plug-in:";

    private Plugins() {}

    /** Loads the plug-ins of the user. What does not work is left out, and says why. */
    public static List<Plugin> load() {
        PluginFolders folders = PluginFolders.ofUser();
        try {
            List<Path> jars = folders.jars();
            return jars.isEmpty() ? List.of() : load(jars);
        } catch (UncheckedIOException e) {
            return List.of(Plugin.broken(folders.first(), e.getMessage()));
        }
    }

    /**
     * Loads jars: of each bundle name one, from the earliest folder, there the newest.
     *
     * @return what became of each, by name
     */
    public static List<Plugin> load(List<Path> jars) {
        BundleContext context = FrameworkUtil.getBundle(Plugins.class).getBundleContext();
        Selection selection = Selection.of(jars);
        var plugins = new ArrayList<>(selection.leftOut());
        Set<String> taken = Arrays.stream(context.getBundles()).map(Bundle::getSymbolicName).collect(Collectors.toSet());
        Map<Bundle, PluginFile> installed = new LinkedHashMap<>();
        for (PluginFile file : selection.chosen().values()) {
            String host = file.host().orElse("");
            if (taken.contains(file.name())) {
                plugins.add(Plugin.broken(file, "a bundle of Encore is called " + file.name() + " too"));
            } else if (!host.isEmpty() && (taken.contains(host) || !selection.chosen().containsKey(host))) {
                plugins.add(Plugin.broken(file, "it is a fragment of " + host + ". A fragment would change a bundle that is in use; "
                        + "only those of other plug-ins are taken"));
            } else {
                try (InputStream content = Files.newInputStream(file.file())) {
                    installed.put(context.installBundle(LOCATION + file.file().toUri(), content), file);
                } catch (IOException | BundleException e) {
                    plugins.add(Plugin.broken(file, "it cannot be installed: " + e.getMessage()));
                }
            }
        }
        plugins.addAll(resolve(context, installed));
        plugins.sort(Comparator.comparing(Plugin::name));
        return plugins;
    }

    private static List<Plugin> resolve(BundleContext context, Map<Bundle, PluginFile> installed) {
        var plugins = new ArrayList<Plugin>();
        FrameworkWiring wiring = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
        Map<Bundle, String> reasons = wiring.resolveBundles(installed.keySet()) ? Map.of() : Reasons.of(context, wiring, installed.keySet());
        installed.forEach((bundle, file) -> {
            String reason = reasons.containsKey(bundle) ? reasons.get(bundle) : start(bundle, file);
            plugins.add(reason.isEmpty() ? Plugin.works(file, bundle) : Plugin.broken(file, reason));
            if (!reason.isEmpty()) {
                uninstall(bundle);
            }
        });
        return plugins;
    }

    /** Most start when a class of theirs is first used; a fragment does not start by itself. Gives the reason if it fails, otherwise nothing. */
    private static String start(Bundle bundle, PluginFile file) {
        try {
            if (file.host().isEmpty()) {
                bundle.start(Bundle.START_TRANSIENT | Bundle.START_ACTIVATION_POLICY);
            }
            return "";
        } catch (BundleException e) {
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            return "it does not start: " + cause;
        }
    }

    private static void uninstall(Bundle bundle) {
        try {
            bundle.uninstall();
        } catch (BundleException e) {
            throw new IllegalStateException("a bundle that was just installed cannot be taken out", e);
        }
    }

    /** What to tell the user of those that do not work: one line each. */
    public static List<String> problems(List<Plugin> plugins) {
        return plugins.stream().filter(plugin -> plugin.state() instanceof State.Broken)
                .map(plugin -> "plug-in " + plugin.file() + " is left out: " + ((State.Broken) plugin.state()).reason() + ".  (encore plugin list)")
                .toList();
    }
}
