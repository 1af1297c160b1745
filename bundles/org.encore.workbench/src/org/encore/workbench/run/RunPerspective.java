package org.encore.workbench.run;

import org.eclipse.ui.IFolderLayout;
import org.eclipse.ui.IPageLayout;
import org.eclipse.ui.IPerspectiveFactory;
import org.encore.workbench.plugin.PluginsView;

/** Runs on the left; charts and stages of the chosen one on the right, and the log of what was started here. */
public final class RunPerspective implements IPerspectiveFactory {

    public static final String ID = "org.encore.workbench.run";

    private static final float RUNS_SHARE = 0.32f;
    private static final float LOSS_SHARE = 0.68f;

    @Override
    public void createInitialLayout(IPageLayout layout) {
        layout.setEditorAreaVisible(false);
        IFolderLayout left = layout.createFolder("left", IPageLayout.LEFT, RUNS_SHARE, layout.getEditorArea());
        left.addView(RunsView.ID);
        left.addPlaceholder(PluginsView.ID);
        IFolderLayout right = layout.createFolder("right", IPageLayout.TOP, LOSS_SHARE, layout.getEditorArea());
        right.addView(LossView.ID);
        IFolderLayout below = layout.createFolder("below", IPageLayout.BOTTOM, LOSS_SHARE, "right");
        below.addView(ProgressView.ID);
        below.addView(LogView.ID);
    }
}
