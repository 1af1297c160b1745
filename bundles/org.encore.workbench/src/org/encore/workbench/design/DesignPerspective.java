package org.encore.workbench.design;

import org.eclipse.ui.IFolderLayout;
import org.eclipse.ui.IPageLayout;
import org.eclipse.ui.IPerspectiveFactory;
import org.encore.workbench.plugin.PluginsView;

/** Experiments on the left, their files in editors. */
public final class DesignPerspective implements IPerspectiveFactory {

    public static final String ID = "org.encore.workbench.design";

    private static final float LIST_SHARE = 0.24f;

    @Override
    public void createInitialLayout(IPageLayout layout) {
        layout.setEditorAreaVisible(true);
        IFolderLayout left = layout.createFolder("left", IPageLayout.LEFT, LIST_SHARE, layout.getEditorArea());
        left.addView(ExperimentsView.ID);
        left.addPlaceholder(PluginsView.ID);
    }
}
