package org.encore.workbench.compare;

import java.util.function.Consumer;

import org.eclipse.jface.viewers.TableViewer;
import org.eclipse.ui.part.ViewPart;

/** A table about the results that are chosen, filled anew whenever others are. */
public abstract class ComparedTable extends ViewPart {

    private final Consumer<Compared> listener = this::read;
    private TableViewer viewer;

    /** What there is to say of them. On the thread that compares. */
    abstract void read(Compared compared);

    /** Shows in this table what is chosen, from now on. */
    final void follow(TableViewer shown) {
        viewer = shown;
        ChosenResults.of(getSite().getPage()).add(listener);
    }

    @Override
    public void setFocus() {
        viewer.getControl().setFocus();
    }

    @Override
    public void dispose() {
        ChosenResults.of(getSite().getPage()).remove(listener);
        super.dispose();
    }

    /** The table. */
    public final TableViewer viewer() {
        return viewer;
    }
}
