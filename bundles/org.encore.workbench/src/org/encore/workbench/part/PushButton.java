package org.encore.workbench.part;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;

/** A button with a word on it, and some room on either side, of which GTK leaves none. */
public final class PushButton {

    private static final int ROOM = 20;

    private PushButton() {}

    /** @param parent with a grid layout */
    public static Button of(Composite parent, String text, Runnable action) {
        var button = new Button(parent, SWT.PUSH);
        button.setText(text);
        button.addListener(SWT.Selection, event -> action.run());
        GridDataFactory.swtDefaults().hint(button.computeSize(SWT.DEFAULT, SWT.DEFAULT).x + ROOM, SWT.DEFAULT).applyTo(button);
        return button;
    }
}
