package org.encore.workbench.model;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.viewers.TreeViewer;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.FillLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Spinner;
import org.eclipse.ui.part.ViewPart;
import org.encore.api.extension.Registry;
import org.encore.experiment.export.TrainedModel;
import org.encore.graph.Model;
import org.encore.workbench.part.Commanded;
import org.encore.workbench.part.EmptyState;
import org.encore.workbench.part.Later;
import org.encore.workbench.part.ShellLine;
import org.encore.workbench.part.Trees;
import org.jspecify.annotations.Nullable;

/** A trained model by layers: shapes, parameters, and what each part costs at chosen lengths, modelled. */
public final class ModelView extends ViewPart implements Commanded {

    public static final String ID = "org.encore.workbench.model";

    private static final int LONGEST = 4096;
    private static final int USUAL = 16;
    private static final double MILLION = 1e6;
    private static final int NAME = 260;
    private static final int NUMBER = 160;

    private EmptyState state;
    private Composite content;
    private ModelBox box;
    private Spinner source;
    private Spinner target;
    private Label said;
    private TreeViewer viewer;
    private volatile @Nullable Model model;

    @Override
    public void createPartControl(Composite parent) {
        parent.setLayout(new FillLayout());
        state = new EmptyState(parent, "No trained model yet. Run an experiment (F9); its models can be looked at here once they are trained.");
        content = new Composite(state, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(6).spacing(6, 4).margins(4, 4).applyTo(content);
        new Label(content, SWT.NONE).setText("Model");
        box = new ModelBox(content, 0, any -> {
            state.show(content, () -> any);
            open();
        }, this::open);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(box.control());
        source = length("reads a source of");
        target = length("and generates");
        said = new Label(content, SWT.NONE);
        GridDataFactory.fillDefaults().span(6, 1).grab(true, false).applyTo(said);
        viewer = new TreeViewer(content, SWT.BORDER | SWT.FULL_SELECTION);
        viewer.getTree().setHeaderVisible(true);
        GridDataFactory.fillDefaults().span(6, 1).grab(true, true).applyTo(viewer.getControl());
        column("part", NAME, SWT.LEFT, Part::name);
        column("shape", NUMBER, SWT.LEFT, Part::shape);
        column("parameters", NUMBER, SWT.RIGHT, part -> count(part.cost().parameters()));
        column("first token, MFLOP", NUMBER, SWT.RIGHT, part -> millions(part.cost().firstTokenFlops()));
        column("later tokens, MFLOP", NUMBER, SWT.RIGHT, part -> millions(part.cost().laterFlops()));
        column("read for a token, MB", NUMBER, SWT.RIGHT, part -> millions(part.cost().bytes()));
        Trees.content(viewer, Part.class, Part::parts);
        getSite().setSelectionProvider(viewer);
    }

    private Spinner length(String before) {
        new Label(content, SWT.NONE).setText(before);
        var spinner = new Spinner(content, SWT.BORDER);
        spinner.setValues(USUAL, 1, LONGEST, 0, 1, USUAL);
        spinner.setToolTipText("tokens");
        spinner.addListener(SWT.Selection, e -> count());
        return spinner;
    }

    private void column(String title, int width, int style, Function<Part, String> text) {
        Trees.column(viewer, title, width, style, Part.class, text);
    }

    private static String count(long number) {
        return number == 0 ? "" : String.format(Locale.ROOT, "%,d", number);
    }

    private static String millions(long number) {
        return number == 0 ? "" : String.format(Locale.ROOT, "%,.3f", number / MILLION);
    }

    private void open() {
        box.chosen().ifPresent(chosen -> Job.create("Opening " + chosen, (ICoreRunnable) monitor -> {
            try {
                TrainedModel trained = chosen.open(Registry.ofPlatform());
                model = trained.variant().model();
                Later.on(content, this::count);
            } catch (java.io.IOException | RuntimeException e) {
                model = null;
                Later.on(content, () -> {
                    viewer.setInput(null);
                    said.setText(chosen + " cannot be opened: " + e.getMessage());
                });
            }
        }).schedule());
    }

    private void count() {
        Model counted = model;
        if (counted == null) {
            return;
        }
        int read = source.getSelection();
        int generated = target.getSelection();
        Job.createSystem("Counting", (ICoreRunnable) monitor -> {
            Part whole = Part.of(counted, read, generated);
            Later.on(content, () -> {
                viewer.setInput(List.of(whole));
                viewer.expandToLevel(3);
                said.setText(String.format(Locale.ROOT,
                        "%s: %,d parameters. Modelled, not measured: matrix products only, a multiply-add is two operations, "
                        + "fp32, one row.", counted.architecture(), counted.parameterCount()));
            });
        }).schedule();
    }

    @Override
    public Optional<ShellLine> command() {
        return box.chosen().map(chosen -> ShellLine.of("show", chosen.run()));
    }

    @Override
    public void setFocus() {
        viewer.getControl().setFocus();
    }

    /** Counts for other lengths. */
    public void lengths(int read, int generated) {
        source.setSelection(read);
        target.setSelection(generated);
        count();
    }

    /** The tree of parts. */
    public TreeViewer viewer() {
        return viewer;
    }

    /** What is said of the whole, or why there is nothing. */
    public String said() {
        return state.said().isEmpty() ? said.getText() : state.said();
    }
}
