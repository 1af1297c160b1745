package org.encore.workbench.device;

import org.eclipse.ui.IFolderLayout;
import org.eclipse.ui.IPageLayout;
import org.eclipse.ui.IPerspectiveFactory;
import org.encore.workbench.plugin.PluginsView;

/** This machine above, with its roof; plug-ins below. */
public final class DevicesPerspective implements IPerspectiveFactory {

    public static final String ID = "org.encore.workbench.devicesPerspective";

    private static final float UPPER = 0.62f;
    private static final float LEFT = 0.58f;

    @Override
    public void createInitialLayout(IPageLayout layout) {
        layout.setEditorAreaVisible(false);
        IFolderLayout machine = layout.createFolder("machine", IPageLayout.TOP, UPPER, layout.getEditorArea());
        machine.addView(DevicesView.ID);
        IFolderLayout roof = layout.createFolder("roof", IPageLayout.RIGHT, LEFT, "machine");
        roof.addView(RooflineView.ID);
        IFolderLayout below = layout.createFolder("below", IPageLayout.BOTTOM, UPPER, "machine");
        below.addView(PluginsView.ID);
    }
}
