package org.encore.workbench.part;

import org.eclipse.jface.action.Action;

/** A button of a view's tool bar. */
public final class ToolAction extends Action {

    private final Runnable work;

    /**
     * A button.
     *
     * @param text what it does, in words
     * @param icon name, as {@link Icons} has it
     */
    public ToolAction(String text, String icon, Runnable work) {
        super(text);
        this.work = work;
        setToolTipText(text);
        setImageDescriptor(Icons.of(icon));
    }

    @Override
    public void run() {
        work.run();
    }
}
