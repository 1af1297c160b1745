package org.encore.workbench.model;

import org.eclipse.ui.IPageLayout;
import org.eclipse.ui.IPerspectiveFactory;

/** One model by layers, two side by side, and what one looks at. */
public final class InspectPerspective implements IPerspectiveFactory {

    public static final String ID = "org.encore.workbench.inspect";

    @Override
    public void createInitialLayout(IPageLayout layout) {
        layout.setEditorAreaVisible(false);
        var folder = layout.createFolder("models", IPageLayout.TOP, IPageLayout.RATIO_MAX, layout.getEditorArea());
        folder.addView(ModelView.ID);
        folder.addView(DifferenceView.ID);
        folder.addView(AttentionView.ID);
    }
}
