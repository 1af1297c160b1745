package org.encore.workbench;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import org.eclipse.core.runtime.preferences.InstanceScope;
import org.eclipse.jface.preference.IPreferenceStore;
import org.eclipse.ui.preferences.ScopedPreferenceStore;
import org.encore.experiment.process.Workshop;
import org.encore.workbench.part.Appearance;
import org.encore.workbench.part.ShellLine;

/** What the user has set for all experiments, and how it reaches the processes that the window starts. */
public final class Settings {

    public static final String RUNS = "runs";
    public static final String DATA = "data";
    public static final String THREADS = "threads";
    public static final String MEMORY = "memory";
    public static final String THEME = "theme";
    /** Whether the desktop tells that a run has ended while the window is not in front. */
    public static final String NOTIFY = "notify";
    /** The experiment that was chosen last. */
    public static final String EXPERIMENT = "experiment";

    private static final ScopedPreferenceStore STORE = new ScopedPreferenceStore(InstanceScope.INSTANCE, "org.encore.workbench");

    static {
        STORE.setDefault(THEME, Appearance.Choice.SYSTEM.name());
        STORE.setDefault(NOTIFY, true);
    }

    private Settings() {}

    public static IPreferenceStore store() {
        return STORE;
    }

    /** Folder of runs: as the command said, else as set, else {@code runs} below the working folder. */
    public static Path runs() {
        String given = System.getProperty(Installation.RUNS, STORE.getString(RUNS));
        return Path.of(given.isBlank() ? "runs" : given).toAbsolutePath();
    }

    /** Folders of data sets that are set; those of the environment come after them. */
    public static List<Path> data() {
        return Arrays.stream(STORE.getString(DATA).split(File.pathSeparator)).filter(folder -> !folder.isBlank()).map(Path::of).toList();
    }

    public static Appearance.Choice theme() {
        try {
            return Appearance.Choice.valueOf(STORE.getString(THEME).toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return Appearance.Choice.SYSTEM; // a value of another version
        }
    }

    /** The command that runs an experiment as it is set here. */
    public static ShellLine run(Path experiment) {
        var words = new ArrayList<Object>(List.of("run", experiment));
        int threads = STORE.getInt(THREADS);
        if (threads > 0) {
            words.addAll(List.of("--set", "resources.threads=" + threads));
        }
        if (!runs().equals(Path.of("runs").toAbsolutePath())) {
            words.addAll(List.of("--runs", runs()));
        }
        return new ShellLine(environment(), ShellLine.of(words.toArray()).words());
    }

    private static Map<String, String> environment() {
        var variables = new TreeMap<String, String>();
        if (!STORE.getString(DATA).isBlank()) {
            variables.put(Workshop.DATA, STORE.getString(DATA));
        }
        int memory = STORE.getInt(MEMORY);
        if (memory > 0) {
            variables.put("ENCORE_JAVA_OPTIONS", "-Xmx" + memory + "m");
        }
        return variables;
    }
}
