package org.encore.workbench.part;

import org.eclipse.jface.text.ITextOperationTarget;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Text;

/** Cut, copy and paste in the field that has the keyboard, for parts that have these commands for something else too. */
public final class FocusedField {

    private FocusedField() {}

    /** @param operation of {@link ITextOperationTarget} @return whether a field has the keyboard */
    public static boolean does(int operation) {
        return switch (Display.getCurrent().getFocusControl()) {
            case Text text -> {
                text(text, operation);
                yield true;
            }
            case Combo combo -> {
                combo(combo, operation);
                yield true;
            }
            case null, default -> false;
        };
    }

    private static void text(Text text, int operation) {
        switch (operation) {
            case ITextOperationTarget.CUT -> text.cut();
            case ITextOperationTarget.COPY -> text.copy();
            case ITextOperationTarget.PASTE -> text.paste();
            case ITextOperationTarget.SELECT_ALL -> text.selectAll();
            default -> { } // a field undoes nothing
        }
    }

    private static void combo(Combo combo, int operation) {
        switch (operation) {
            case ITextOperationTarget.CUT -> combo.cut();
            case ITextOperationTarget.COPY -> combo.copy();
            case ITextOperationTarget.PASTE -> combo.paste();
            default -> { } // nor does this
        }
    }
}
