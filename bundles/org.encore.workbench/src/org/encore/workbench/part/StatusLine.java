package org.encore.workbench.part;

import java.util.Map;
import java.util.WeakHashMap;

import org.eclipse.jface.action.IStatusLineManager;
import org.eclipse.ui.IWorkbenchWindow;

/** The line at the bottom of a window, for what was just done. */
public final class StatusLine {

    private static final Map<IWorkbenchWindow, IStatusLineManager> LINES = new WeakHashMap<>();

    private StatusLine() {}

    /** Tells which line belongs to a window, once, when the window is made. */
    public static void install(IWorkbenchWindow window, IStatusLineManager line) {
        LINES.put(window, line);
    }

    /** Says something, until something else is said. */
    public static void say(IWorkbenchWindow window, String text) {
        IStatusLineManager line = LINES.get(window);
        if (line != null) {
            line.setMessage(text);
        }
    }
}
