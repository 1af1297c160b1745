package org.encore.workbench.model;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.viewers.TreeViewer;
import org.eclipse.jface.viewers.Viewer;
import org.eclipse.jface.viewers.ViewerFilter;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.FillLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.ui.part.ViewPart;
import org.encore.api.extension.Registry;
import org.encore.api.option.OptionDocs;
import org.encore.experiment.export.TrainedModel;
import org.encore.workbench.part.EmptyState;
import org.encore.workbench.part.LastAsked;
import org.encore.workbench.part.Trees;

/** Two trained models part by part: what only one of them has, other shapes, other operations, and how far their weights lie apart. */
public final class DifferenceView extends ViewPart {

    public static final String ID = "org.encore.workbench.modelDifference";

    private static final int NAME = 260;
    private static final int WHAT = 280;
    private static final int SHAPE = 150;

    private EmptyState state;
    private ModelBox first;
    private ModelBox second;
    private Label said;
    private TreeViewer viewer;
    private LastAsked asked;

    @Override
    public void createPartControl(Composite parent) {
        parent.setLayout(new FillLayout());
        state = new EmptyState(parent, "Two trained models are compared here, part by part, once there are any: run an experiment (F9).");
        var content = new Composite(state, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(4).spacing(6, 4).margins(4, 4).applyTo(content);
        first = new ModelBox(content, 0, any -> filled(content, any), this::compare);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(first.control());
        new Label(content, SWT.NONE).setText("against");
        second = new ModelBox(content, 1, any -> filled(content, any), this::compare);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(second.control());
        var differing = new Button(content, SWT.CHECK);
        differing.setText("Only what differs");
        differing.addListener(SWT.Selection, event -> viewer.refresh());
        said = new Label(content, SWT.WRAP);
        GridDataFactory.fillDefaults().span(4, 1).grab(true, false).applyTo(said);
        viewer = new TreeViewer(content, SWT.BORDER | SWT.FULL_SELECTION);
        asked = new LastAsked(viewer.getControl());
        viewer.getTree().setHeaderVisible(true);
        GridDataFactory.fillDefaults().span(4, 1).grab(true, true).applyTo(viewer.getControl());
        column("part", NAME, part -> part.name());
        column("what differs", WHAT, PartDifference::what);
        column("first", SHAPE, PartDifference::first);
        column("second", SHAPE, PartDifference::second);
        column("weights apart", SHAPE, part -> Double.isNaN(part.weights()) ? "" : String.format(Locale.ROOT, "%.1f %%", 100 * part.weights()));
        Trees.content(viewer, PartDifference.class, PartDifference::parts);
        viewer.addFilter(new ViewerFilter() {
            @Override
            public boolean select(Viewer ofParts, Object above, Object part) {
                return !differing.getSelection() || !((PartDifference) part).what().isEmpty();
            }
        });
        getSite().setSelectionProvider(viewer);
    }

    private void filled(Composite content, boolean any) {
        state.show(content, () -> any);
        compare();
    }

    private void column(String title, int width, Function<PartDifference, String> text) {
        Trees.column(viewer, title, width, SWT.LEFT, PartDifference.class, text);
    }

    private void compare() {
        if (first == null || second == null || first.chosen().isEmpty() || second.chosen().isEmpty()) {
            return;
        }
        ModelOfRun one = first.chosen().get();
        ModelOfRun other = second.chosen().get();
        Consumer<Runnable> last = asked.ask();
        Job.create("Comparing " + one + " and " + other, (ICoreRunnable) monitor -> {
            try {
                TrainedModel a = one.open(Registry.ofPlatform());
                TrainedModel b = other.open(Registry.ofPlatform());
                PartDifference whole = PartDifference.of(a.variant().model(), Optional.of(a.weights()), b.variant().model(),
                        Optional.of(b.weights()));
                String words = options(a) + "  →  " + options(b);
                last.accept(() -> show(whole, words));
            } catch (IOException | RuntimeException e) {
                last.accept(() -> {
                    viewer.setInput(null);
                    said.setText("They cannot be compared: " + e.getMessage());
                });
            }
        }).schedule();
    }

    private static String options(TrainedModel model) {
        return model.variant().architecture() + " " + OptionDocs.plain(model.variant().options());
    }

    private void show(PartDifference whole, String words) {
        viewer.setInput(List.of(whole));
        viewer.expandToLevel(3);
        said.setText(words);
        said.setToolTipText("weights apart: root of the summed squares of differences, over that of the first's values");
        said.getParent().layout(true);
    }

    @Override
    public void setFocus() {
        viewer.getControl().setFocus();
    }

    /** The tree of parts. */
    public TreeViewer viewer() {
        return viewer;
    }

    /** What is said of the two, or why there is nothing. */
    public String said() {
        return state.said().isEmpty() ? said.getText() : state.said();
    }
}
