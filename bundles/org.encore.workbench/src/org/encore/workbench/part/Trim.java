package org.encore.workbench.part;

import org.eclipse.e4.ui.model.application.ui.basic.MWindow;
import org.eclipse.e4.ui.model.application.ui.menu.MToolControl;
import org.eclipse.e4.ui.workbench.IPresentationEngine;
import org.eclipse.e4.ui.workbench.modeling.EModelService;
import org.eclipse.ui.IWorkbenchWindow;

/** The lower edge of a window. */
public final class Trim {

    private static final String PROGRESS = "org.eclipse.ui.ProgressBar";

    private Trim() {}

    /** The progress of jobs stays where it is, and so has no handle to move it by. To be called when a window is made, before it opens. */
    public static void fixProgress(IWorkbenchWindow window) {
        if (window.getService(EModelService.class).find(PROGRESS, window.getService(MWindow.class)) instanceof MToolControl progress
                && progress.getTags().remove(IPresentationEngine.DRAGGABLE) && progress.getWidget() != null) {
            progress.setToBeRendered(false);
            progress.setToBeRendered(true);
        }
    }
}
