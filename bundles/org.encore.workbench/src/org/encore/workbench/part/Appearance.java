package org.encore.workbench.part;

import java.io.IOException;
import java.net.URL;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;

import org.eclipse.core.runtime.FileLocator;
import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.preferences.IEclipsePreferences;
import org.eclipse.core.runtime.preferences.InstanceScope;
import org.eclipse.e4.ui.css.swt.theme.ITheme;
import org.eclipse.e4.ui.css.swt.theme.IThemeEngine;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;
import org.eclipse.ui.PlatformUI;
import org.osgi.framework.FrameworkUtil;

/** Light or dark: as the system is set, unless the settings say otherwise. Charts ask here, since no style sheet reaches them. */
public final class Appearance {

    private static final String LIGHT_THEME = "org.eclipse.e4.ui.css.theme.e4_default";
    private static final String DARK_THEME = "org.eclipse.e4.ui.css.theme.e4_dark";

    /** Where the platform looks for the theme that a window begins with; with none, it does as the system. */
    private static final String THEME_NODE = "org.eclipse.e4.ui.css.swt.theme";
    private static final String THEME_KEY = "themeid";

    /** System property of SWT: a style sheet of the user's for GTK. */
    private static final String GTK_STYLE = "org.eclipse.swt.internal.gtk.cssFile";

    private static final Set<Runnable> LISTENERS = new CopyOnWriteArraySet<>();
    private static volatile boolean dark;

    private Appearance() {}

    /** What the user may choose. */
    public enum Choice { SYSTEM, LIGHT, DARK }

    /** The window begins as chosen, and what is disabled looks so on GTK, in every theme. To be called before there is a display. */
    public static void prepare(Choice choice) {
        IEclipsePreferences first = InstanceScope.INSTANCE.getNode(THEME_NODE);
        switch (choice) {
            case SYSTEM -> first.remove(THEME_KEY);
            case LIGHT -> first.put(THEME_KEY, LIGHT_THEME);
            case DARK -> first.put(THEME_KEY, DARK_THEME);
        }
        URL file = FrameworkUtil.getBundle(Appearance.class).getEntry("css/gtk.css");
        try {
            System.setProperty(GTK_STYLE, System.getProperty(GTK_STYLE, FileLocator.toFileURL(file).getPath()));
        } catch (IOException e) {
            ILog.of(Appearance.class).warn("what is disabled may look enabled: " + e.getMessage(), e);
        }
    }

    /** Whether the window is dark now. */
    public static boolean isDark() {
        return dark;
    }

    /** Calls back on the user interface's thread when it changes, as long as a control is there. */
    public static void follow(Control control, Runnable changed) {
        LISTENERS.add(changed);
        control.addDisposeListener(e -> LISTENERS.remove(changed));
    }

    /** Makes the window look as chosen. To be called on the user interface's thread. */
    public static void apply(Choice choice) {
        boolean next = switch (choice) {
            case SYSTEM -> Display.isSystemDarkTheme();
            case LIGHT -> false;
            case DARK -> true;
        };
        IThemeEngine engine = PlatformUI.getWorkbench().getService(IThemeEngine.class);
        String theme = next ? DARK_THEME : LIGHT_THEME;
        // the same theme again would make GTK style every control again, twice
        if (engine != null && !(engine.getActiveTheme() instanceof ITheme active && active.getId().equals(theme))) {
            engine.setTheme(theme, false);
        }
        dark = next;
        LISTENERS.forEach(Runnable::run);
    }
}
