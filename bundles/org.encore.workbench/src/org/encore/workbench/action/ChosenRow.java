package org.encore.workbench.action;

import java.util.Optional;

import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.IWorkbenchWindow;
import org.encore.workbench.run.RunRow;
import org.encore.workbench.run.RunsView;
import org.jspecify.annotations.Nullable;

/** The run that is chosen in the list. */
final class ChosenRow {

    private ChosenRow() {}

    static Optional<RunRow> of(@Nullable IWorkbenchWindow window) {
        IWorkbenchPage page = window == null ? null : window.getActivePage();
        return page != null && page.getSelection(RunsView.ID) instanceof IStructuredSelection chosen && chosen.getFirstElement() instanceof RunRow row
                ? Optional.of(row) : Optional.empty();
    }
}
