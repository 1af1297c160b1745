package org.encore.workbench.model;

import org.eclipse.ui.IPageLayout;
import org.eclipse.ui.IPerspectiveFactory;

/** Models asked side by side. */
public final class PlayPerspective implements IPerspectiveFactory {

    public static final String ID = "org.encore.workbench.play";

    @Override
    public void createInitialLayout(IPageLayout layout) {
        layout.setEditorAreaVisible(false);
        layout.addView(PlayView.ID, IPageLayout.TOP, IPageLayout.RATIO_MAX, layout.getEditorArea());
    }
}
