package org.encore.workbench.about;

import org.eclipse.jface.dialogs.Dialog;
import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.viewers.TableViewer;
import org.eclipse.swt.SWT;
import org.eclipse.swt.dnd.Clipboard;
import org.eclipse.swt.dnd.TextTransfer;
import org.eclipse.swt.dnd.Transfer;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.encore.workbench.part.Tables;

/** Versions and licences of everything in this window. */
final class AboutDialog extends Dialog {

    private static final int WIDTH = 640;
    private static final int HEIGHT = 320;
    private static final int NAME_SHARE = 6;
    private static final int VERSION_SHARE = 2;
    private static final int LICENCE_SHARE = 5;

    AboutDialog(Shell parent) {
        super(parent);
    }

    @Override
    protected boolean isResizable() {
        return true;
    }

    @Override
    protected void configureShell(Shell shell) {
        super.configureShell(shell);
        shell.setText("About Encore");
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        var area = (Composite) super.createDialogArea(parent);
        GridLayoutFactory.swtDefaults().margins(12, 12).applyTo(area);
        var text = new Label(area, SWT.WRAP);
        text.setText("Encore " + Contents.version() + ", a research workbench for small language models.\nApache License 2.0. Java "
                + Runtime.version() + " on " + System.getProperty("os.name") + " " + System.getProperty("os.arch")
                + ".\n\nIt contains these bundles; NOTICE has the terms of each.");
        GridDataFactory.fillDefaults().grab(true, false).hint(WIDTH, SWT.DEFAULT).applyTo(text);
        TableViewer viewer = Tables.create(area);
        Tables.column(viewer, "bundle", NAME_SHARE, Contents.Row.class, Contents.Row::name);
        Tables.column(viewer, "version", VERSION_SHARE, Contents.Row.class, Contents.Row::version);
        Tables.column(viewer, "licence", LICENCE_SHARE, Contents.Row.class, Contents.Row::licence);
        viewer.setInput(Contents.rows());
        GridDataFactory.fillDefaults().grab(true, true).hint(WIDTH, HEIGHT).applyTo(Tables.area(viewer));
        return area;
    }

    @Override
    protected void createButtonsForButtonBar(Composite parent) {
        createButton(parent, IDialogConstants.DETAILS_ID, "Copy", false);
        createButton(parent, IDialogConstants.OK_ID, "Close", true);
    }

    @Override
    protected void buttonPressed(int id) {
        if (id == IDialogConstants.DETAILS_ID) {
            var clipboard = new Clipboard(getShell().getDisplay());
            clipboard.setContents(new Object[] {Contents.report()}, new Transfer[] {TextTransfer.getInstance()});
            clipboard.dispose();
        } else {
            super.buttonPressed(id);
        }
    }
}
