package org.encore.workbench.design;

import java.nio.file.Path;

import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.PartInitException;
import org.encore.workbench.part.StatusLine;

/** Editors of experiments. */
public final class Editors {

    private Editors() {}

    /** Opens a file, or brings the editor that has it to the front. */
    public static void open(IWorkbenchPage page, Path file) {
        try {
            page.openEditor(new ExperimentInput(file), ExperimentEditor.ID);
        } catch (PartInitException e) {
            StatusLine.say(page.getWorkbenchWindow(), e.getMessage());
        }
    }
}
