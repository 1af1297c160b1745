package org.encore.workbench.action;

import java.nio.file.Path;

import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.swt.program.Program;
import org.eclipse.ui.IWorkbenchWindow;

/** Opens files outside the window. */
public final class Open {

    private Open() {}

    /** Opens a file or folder with the program that the desktop has for it; says so if there is none. May be called from any thread. */
    public static void external(IWorkbenchWindow window, Path shown) {
        window.getShell().getDisplay().asyncExec(() -> {
            if (!Program.launch(shown.toString())) {
                MessageDialog.openError(window.getShell(), "Not opened", "No program is set up here to open " + shown
                        + ". Open it in a browser or a file manager.");
            }
        });
    }
}
