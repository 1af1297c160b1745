package org.encore.workbench.part;

import java.util.function.BooleanSupplier;

import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StackLayout;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;

/** A place that holds what there is to see, or, while there is nothing, one sentence that says what to do. */
public final class EmptyState extends Composite {

    private static final int NARROWEST = 240;

    private final StackLayout layout = new StackLayout();
    private final Composite empty;
    private final Label advice;

    /** @param text what to do */
    public EmptyState(Composite parent, String text) {
        super(parent, SWT.NONE);
        setLayout(layout);
        empty = new Composite(this, SWT.NONE);
        empty.setLayout(new GridLayout());
        advice = new Label(empty, SWT.WRAP | SWT.CENTER);
        var data = new GridData(SWT.CENTER, SWT.CENTER, true, true);
        data.widthHint = NARROWEST;
        advice.setLayoutData(data);
        advice.setText(text);
        empty.addListener(SWT.Resize, e -> {
            data.widthHint = Math.max(NARROWEST / 2, Math.min(empty.getClientArea().width - 20, 2 * NARROWEST));
            empty.layout(true);
        });
        layout.topControl = empty;
    }

    /** Shows the content if there is some. @param content child of this */
    public void show(Control content, BooleanSupplier something) {
        Control next = something.getAsBoolean() ? content : empty;
        if (layout.topControl != next) {
            layout.topControl = next;
            layout();
        }
    }

    /** Says something else while there is nothing. */
    public void say(String text) {
        if (!advice.getText().equals(text)) {
            advice.setText(text);
            empty.layout(true);
        }
    }

    /** What is said, if nothing else is shown; otherwise nothing. */
    public String said() {
        return layout.topControl == empty ? advice.getText() : "";
    }
}
