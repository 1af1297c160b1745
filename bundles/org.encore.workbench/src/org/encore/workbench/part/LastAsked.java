package org.encore.workbench.part;

import java.util.function.Consumer;

import org.eclipse.swt.widgets.Widget;

/** Of what is asked one after another only the last answer is shown: an earlier one may take longer. Asked on the thread of the user interface. */
public final class LastAsked {

    private final Widget shown;
    private int asked;

    /** @param shown where answers are shown; once it is gone, none is */
    public LastAsked(Widget shown) {
        this.shown = shown;
    }

    /** Asks once more. @return takes, on any thread, work that shows the answer; it is left undone if something else was asked meanwhile */
    public Consumer<Runnable> ask() {
        int number = ++asked;
        return show -> Later.on(shown, () -> {
            if (number == asked) {
                show.run();
            }
        });
    }
}
