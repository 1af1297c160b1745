package org.encore.workbench.part;

import org.eclipse.swt.SWT;
import org.eclipse.swt.SWTException;
import org.eclipse.swt.widgets.Widget;

/** Work for the thread of the user interface, asked for by another one. */
public final class Later {

    private Later() {}

    /** Does the work soon, unless the widget is gone by then: what is closed needs no news. */
    public static void on(Widget widget, Runnable work) {
        try {
            widget.getDisplay().asyncExec(() -> {
                if (!widget.isDisposed()) {
                    work.run();
                }
            });
        } catch (SWTException e) {
            if (e.code != SWT.ERROR_WIDGET_DISPOSED && e.code != SWT.ERROR_DEVICE_DISPOSED) {
                throw e;
            }
        }
    }
}
