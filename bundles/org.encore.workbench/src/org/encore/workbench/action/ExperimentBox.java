package org.encore.workbench.action;

import java.nio.file.Path;
import java.util.List;

import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.CCombo;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.ui.menus.WorkbenchWindowControlContribution;
import org.encore.workbench.Installation;
import org.encore.workbench.part.Later;
import org.encore.workbench.run.ChosenExperiment;

/** Where the toolbar says which experiment Run runs. */
public final class ExperimentBox extends WorkbenchWindowControlContribution {

    private static final int WIDTH = 260;

    @Override
    protected Control createControl(Composite parent) {
        var area = new Composite(parent, SWT.NONE);
        var layout = new GridLayout();
        layout.marginHeight = 0;
        layout.marginWidth = 4;
        area.setLayout(layout);
        var box = new CCombo(area, SWT.BORDER); // GTK's own is higher than a toolbar
        var data = new GridData(SWT.FILL, SWT.CENTER, true, true);
        data.widthHint = WIDTH;
        box.setLayoutData(data);
        box.setToolTipText("The experiment file that Run runs");
        show(box, ChosenExperiment.text());
        box.addListener(SWT.Modify, e -> ChosenExperiment.choose(box.getText()));
        Runnable shown = () -> Later.on(box, () -> {
            if (!box.getText().equals(ChosenExperiment.text())) {
                show(box, ChosenExperiment.text());
            }
        });
        ChosenExperiment.listen(shown);
        box.addListener(SWT.Dispose, e -> ChosenExperiment.ignore(shown));
        Job.createSystem("Looking for experiments", (ICoreRunnable) monitor -> {
            List<String> found = Installation.experiments().stream().map(Path::toString).toList();
            Later.on(box, () -> {
                String text = box.getText();
                box.setItems(found.toArray(String[]::new));
                show(box, text);
            });
        }).schedule();
        return area;
    }

    /** The end of a long path says more than its begin. */
    private static void show(CCombo box, String path) {
        box.setText(path);
        box.setSelection(new Point(path.length(), path.length()));
    }
}
