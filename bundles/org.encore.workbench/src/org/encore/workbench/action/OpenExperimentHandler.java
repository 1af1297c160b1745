package org.encore.workbench.action;

import java.nio.file.Path;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.WorkbenchException;
import org.eclipse.ui.handlers.HandlerUtil;
import org.encore.workbench.Installation;
import org.encore.workbench.design.DesignPerspective;
import org.encore.workbench.design.Editors;
import org.encore.workbench.part.StatusLine;
import org.encore.workbench.run.ChosenExperiment;
import org.jspecify.annotations.Nullable;

/** Lets the user choose an experiment file, and opens it. */
public final class OpenExperimentHandler extends AbstractHandler {

    @Override
    public @Nullable Object execute(ExecutionEvent event) throws ExecutionException {
        var dialog = new FileDialog(HandlerUtil.getActiveShellChecked(event), SWT.OPEN);
        dialog.setText("Choose an experiment");
        dialog.setFilterPath(Installation.home().resolve("examples").toString());
        dialog.setFilterExtensions(new String[] {"*.yaml;*.yml", "*.*"});
        String chosen = dialog.open();
        if (chosen != null) {
            Path file = Path.of(chosen);
            ChosenExperiment.choose(Installation.shown(file).toString());
            IWorkbenchWindow window = HandlerUtil.getActiveWorkbenchWindowChecked(event);
            try {
                Editors.open(window.getWorkbench().showPerspective(DesignPerspective.ID, window), file);
            } catch (WorkbenchException e) {
                StatusLine.say(window, e.getMessage());
            }
        }
        return null;
    }
}
