package org.encore.workbench.run;

import org.eclipse.ui.IFolderLayout;
import org.eclipse.ui.IPageLayout;
import org.eclipse.ui.IPerspectiveFactory;
import org.encore.workbench.plugin.PluginsView;

/** Runs on the left; charts of the chosen one in the middle and on the right, its models and stages below, with the log of what was started here. */
public final class RunPerspective implements IPerspectiveFactory {

    public static final String ID = "org.encore.workbench.run";

    private static final float RUNS_SHARE = 0.27f;
    private static final float CHARTS_SHARE = 0.66f;
    private static final float HALF = 0.52f;

    @Override
    public void createInitialLayout(IPageLayout layout) {
        layout.setEditorAreaVisible(false);
        IFolderLayout left = layout.createFolder("left", IPageLayout.LEFT, RUNS_SHARE, layout.getEditorArea());
        left.addView(RunsView.ID);
        left.addPlaceholder(PluginsView.ID);
        IFolderLayout curves = layout.createFolder("curves", IPageLayout.TOP, CHARTS_SHARE, layout.getEditorArea());
        curves.addView(LossView.ID);
        curves.addView(SpeedView.ID);
        IFolderLayout found = layout.createFolder("found", IPageLayout.RIGHT, HALF, "curves");
        found.addView(FirstTokenView.ID);
        found.addView(PerTokenView.ID);
        found.addView(QualityView.ID);
        IFolderLayout below = layout.createFolder("below", IPageLayout.BOTTOM, CHARTS_SHARE, layout.getEditorArea());
        below.addView(CellsView.ID);
        below.addView(ProgressView.ID);
        below.addView(LogView.ID);
    }
}
