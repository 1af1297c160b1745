package org.encore.workbench.compare;

import org.eclipse.ui.IFolderLayout;
import org.eclipse.ui.IPageLayout;
import org.eclipse.ui.IPerspectiveFactory;

/** The table of results above; quality against latency and differences below, beside verdicts, examples and options. */
public final class ComparePerspective implements IPerspectiveFactory {

    public static final String ID = "org.encore.workbench.compare";

    private static final float TABLE_SHARE = 0.4f;
    private static final float CHART_SHARE = 0.45f;

    @Override
    public void createInitialLayout(IPageLayout layout) {
        layout.setEditorAreaVisible(false);
        IFolderLayout table = layout.createFolder("table", IPageLayout.TOP, TABLE_SHARE, layout.getEditorArea());
        table.addView(ResultsView.ID);
        IFolderLayout charts = layout.createFolder("charts", IPageLayout.LEFT, CHART_SHARE, layout.getEditorArea());
        charts.addView(TradeOffView.ID);
        charts.addView(DifferencesView.ID);
        IFolderLayout words = layout.createFolder("words", IPageLayout.BOTTOM, TABLE_SHARE, layout.getEditorArea());
        words.addView(VerdictsView.ID);
        words.addView(ExamplesView.ID);
        words.addView(ConfigurationView.ID);
    }
}
