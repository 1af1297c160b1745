package org.encore.workbench;

import org.eclipse.ui.IFolderLayout;
import org.eclipse.ui.IPageLayout;
import org.eclipse.ui.IPerspectiveFactory;

/** Runs on the left; loss and progress of the chosen one on the right, and the log of what was started here. */
public final class RunPerspective implements IPerspectiveFactory {

    public static final String ID = "org.encore.workbench.run";

    private static final float RUNS_SHARE = 0.36f;
    private static final float LOSS_SHARE = 0.7f;

    @Override
    public void createInitialLayout(IPageLayout layout) {
        layout.setEditorAreaVisible(false);
        layout.addView(RunsView.ID, IPageLayout.LEFT, RUNS_SHARE, layout.getEditorArea());
        IFolderLayout right = layout.createFolder("right", IPageLayout.TOP, LOSS_SHARE, layout.getEditorArea());
        right.addView(LossView.ID);
        IFolderLayout below = layout.createFolder("below", IPageLayout.BOTTOM, LOSS_SHARE, "right");
        below.addView(ProgressView.ID);
        below.addView(LogView.ID);
    }
}
