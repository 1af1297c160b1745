package org.encore.workbench;

import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.part.ViewPart;

/** What the process started here prints. */
public final class LogView extends ViewPart {

    public static final String ID = "org.encore.workbench.log";

    private static final int MOST_CHARACTERS = 200_000;

    private Text text;

    @Override
    public void createPartControl(Composite parent) {
        text = new Text(parent, SWT.MULTI | SWT.READ_ONLY | SWT.V_SCROLL | SWT.H_SCROLL);
        text.setFont(JFaceResources.getTextFont());
        text.setMessage("What a run started here prints appears here.");
    }

    /** Brings the log to the front, without taking the keyboard to it. */
    static void reveal(IWorkbenchPage page) throws PartInitException {
        page.showView(ID, null, IWorkbenchPage.VIEW_VISIBLE);
    }

    /** Adds a line; may be called from any thread. */
    static void append(IWorkbenchWindow window, String line) {
        Display display = window.getWorkbench().getDisplay();
        if (display.isDisposed()) {
            return; // the window was closed, and the process goes on without it
        }
        display.asyncExec(() -> {
            if (window.getActivePage() != null && window.getActivePage().findView(ID) instanceof LogView view && !view.text.isDisposed()) {
                if (view.text.getCharCount() > MOST_CHARACTERS) {
                    view.text.setText("");
                }
                view.text.append(line + "\n");
            }
        });
    }

    @Override
    public void setFocus() {
        text.setFocus();
    }

    /** What was printed. */
    public String content() {
        return text.getText();
    }
}
