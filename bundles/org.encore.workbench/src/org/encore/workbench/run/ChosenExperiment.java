package org.encore.workbench.run;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;

import org.encore.workbench.Installation;
import org.encore.workbench.Settings;

/** The experiment that Run runs: one for the whole window, remembered. */
public final class ChosenExperiment {

    private static final Set<Runnable> LISTENERS = new CopyOnWriteArraySet<>();

    private ChosenExperiment() {}

    /** As it is written in the toolbar; may be no file. */
    public static String text() {
        String kept = Settings.store().getString(Settings.EXPERIMENT);
        return kept.isBlank() ? Installation.quickstart().toString() : kept;
    }

    /** Nothing if what is written cannot be the name of a file. */
    public static Optional<Path> file() {
        try {
            return Optional.of(Path.of(text().strip()));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    public static void choose(String text) {
        if (!text().equals(text)) {
            Settings.store().setValue(Settings.EXPERIMENT, text);
            LISTENERS.forEach(Runnable::run);
        }
    }

    /** Calls back when another is chosen. */
    public static void listen(Runnable changed) {
        LISTENERS.add(changed);
    }

    public static void ignore(Runnable changed) {
        LISTENERS.remove(changed);
    }
}
