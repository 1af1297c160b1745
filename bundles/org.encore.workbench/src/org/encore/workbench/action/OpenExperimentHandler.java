package org.encore.workbench.action;

import java.nio.file.Path;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.ui.handlers.HandlerUtil;
import org.encore.workbench.Installation;
import org.encore.workbench.run.ChosenExperiment;
import org.jspecify.annotations.Nullable;

/** Lets the user choose an experiment file. */
public final class OpenExperimentHandler extends AbstractHandler {

    @Override
    public @Nullable Object execute(ExecutionEvent event) throws ExecutionException {
        var dialog = new FileDialog(HandlerUtil.getActiveShellChecked(event), SWT.OPEN);
        dialog.setText("Choose an experiment");
        dialog.setFilterPath(Installation.home().resolve("examples").toString());
        dialog.setFilterExtensions(new String[] {"*.yaml;*.yml", "*.*"});
        String chosen = dialog.open();
        if (chosen != null) {
            ChosenExperiment.choose(Installation.shown(Path.of(chosen)).toString());
        }
        return null;
    }
}
