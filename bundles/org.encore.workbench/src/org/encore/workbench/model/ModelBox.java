package org.encore.workbench.model;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.encore.workbench.Settings;
import org.encore.workbench.part.Later;

/** Where one of the trained models is chosen. */
final class ModelBox {

    private final Combo box;
    private List<ModelOfRun> models = List.of();

    /**
     * A box, filled in the background.
     *
     * @param first which of the models is chosen at first
     * @param filled told whether there is any
     * @param chosen told of each choice of the user's
     */
    ModelBox(Composite parent, int first, Consumer<Boolean> filled, Runnable chosen) {
        box = new Combo(parent, SWT.READ_ONLY);
        box.setToolTipText("A trained model of a run");
        box.addListener(SWT.Selection, e -> chosen.run());
        Job.createSystem("Looking for models", (ICoreRunnable) monitor -> {
            List<ModelOfRun> found = find();
            Later.on(box, () -> {
                models = found;
                box.setItems(found.stream().map(ModelOfRun::toString).toArray(String[]::new));
                box.select(Math.min(first, found.size() - 1));
                filled.accept(!found.isEmpty());
            });
        }).schedule();
    }

    private static List<ModelOfRun> find() {
        try {
            return ModelOfRun.all(Settings.runs());
        } catch (IOException e) {
            return List.of(); // no such folder: there is no model
        }
    }

    Combo control() {
        return box;
    }

    Optional<ModelOfRun> chosen() {
        int index = box.getSelectionIndex();
        return index < 0 || index >= models.size() ? Optional.empty() : Optional.of(models.get(index));
    }

    /** The n-th of what is there. */
    void choose(int n) {
        box.select(n);
    }
}
