package org.encore.workbench.compare;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

import org.eclipse.jface.action.Action;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.jface.viewers.ArrayContentProvider;
import org.eclipse.jface.viewers.ColumnLabelProvider;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.jface.viewers.TableViewer;
import org.eclipse.jface.viewers.TableViewerColumn;
import org.eclipse.jface.viewers.Viewer;
import org.eclipse.jface.viewers.ViewerComparator;
import org.eclipse.jface.viewers.ViewerFilter;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.layout.FillLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.TableColumn;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.part.ViewPart;
import org.encore.experiment.result.Csv;
import org.encore.workbench.Settings;
import org.encore.workbench.part.Commanded;
import org.encore.workbench.part.EmptyState;
import org.encore.workbench.part.Export;
import org.encore.workbench.part.Heading;
import org.encore.workbench.part.Icons;
import org.encore.workbench.part.Later;
import org.encore.workbench.part.ShellLine;
import org.encore.workbench.part.StatusLine;
import org.jspecify.annotations.Nullable;

/** What every variant of every run has found: sorted by any column, filtered, exported. What is chosen here is compared in the other views. */
public final class ResultsView extends ViewPart implements Commanded {

    public static final String ID = "org.encore.workbench.results";

    private static final String RUN = "run";
    private static final String VARIANT = "variant";
    private static final String STATUS = "status";
    private static final int WIDE = 210;
    private static final int NARROW = 64;
    private static final int MARGIN = 24;

    private EmptyState state;
    private Composite content;
    private Text filter;
    private TableViewer viewer;
    private ResultsJob job;
    private List<String> columns = List.of();
    private String sorted = "";
    private boolean down;

    @Override
    public void createPartControl(Composite parent) {
        parent.setLayout(new FillLayout());
        Path folder = Settings.runs();
        state = new EmptyState(parent, "No results in " + folder + " yet. Run an experiment (F9); what its models reach appears here.");
        content = new Composite(state, SWT.NONE);
        GridLayoutFactory.fillDefaults().spacing(0, 2).applyTo(content);
        filter = new Text(content, SWT.SEARCH | SWT.ICON_SEARCH | SWT.ICON_CANCEL);
        filter.setMessage("Only runs or variants with this word");
        filter.addModifyListener(e -> viewer.refresh());
        GridDataFactory.fillDefaults().grab(true, false).applyTo(filter);
        viewer = new TableViewer(content, SWT.BORDER | SWT.FULL_SELECTION | SWT.MULTI | SWT.V_SCROLL | SWT.H_SCROLL);
        viewer.getTable().setHeaderVisible(true);
        viewer.setContentProvider(ArrayContentProvider.getInstance());
        viewer.addFilter(new ViewerFilter() {
            @Override
            public boolean select(Viewer ofResults, Object parentElement, Object result) {
                return ((Result) result).holds(filter.getText());
            }
        });
        viewer.setComparator(new ViewerComparator() {
            @Override
            public int compare(Viewer ofResults, Object first, Object second) {
                int order = ResultsView.this.compare((Result) first, (Result) second);
                return down ? -order : order;
            }
        });
        GridDataFactory.fillDefaults().grab(true, true).applyTo(viewer.getControl());
        getSite().setSelectionProvider(viewer);
        var export = new Action("Export as CSV…", Icons.of("export")) {
            @Override
            public void run() {
                export();
            }
        };
        getViewSite().getActionBars().getToolBarManager().add(export);
        job = new ResultsJob(folder, this::show);
        job.schedule();
    }

    private void show(List<Result> results, List<String> problems) {
        Later.on(viewer.getTable(), () -> {
            var names = new LinkedHashSet<>(List.of(RUN, VARIANT));
            results.forEach(result -> names.addAll(result.values().keySet()));
            names.add(STATUS);
            if (!columns.equals(List.copyOf(names))) {
                columns = List.copyOf(names);
                columns();
            }
            boolean empty = viewer.getStructuredSelection().isEmpty();
            viewer.setInput(results);
            if (empty && !results.isEmpty()) {
                Path newest = results.getFirst().run();
                viewer.setSelection(new StructuredSelection(results.stream().filter(result -> result.run().equals(newest)).toList()), true);
            }
            setContentDescription(Heading.of(String.join("; ", problems)));
            state.show(content, () -> !results.isEmpty());
        });
    }

    private void columns() {
        for (TableColumn column : viewer.getTable().getColumns()) {
            column.dispose();
        }
        var gc = new GC(viewer.getTable());
        gc.setFont(JFaceResources.getFontRegistry().getBold(JFaceResources.DEFAULT_FONT)); // as headers are on some systems
        for (String name : columns) {
            var column = new TableViewerColumn(viewer, number(name) ? SWT.RIGHT : SWT.LEFT);
            column.getColumn().setText(name);
            column.getColumn().setWidth(number(name) || name.equals(STATUS) ? Math.max(NARROW, gc.stringExtent(name).x + MARGIN) : WIDE);
            column.getColumn().setMoveable(true);
            column.getColumn().addListener(SWT.Selection, e -> sort(column.getColumn()));
            column.setLabelProvider(new ColumnLabelProvider() {
                @Override
                public String getText(Object result) {
                    return text((Result) result, name);
                }
            });
        }
        gc.dispose();
        viewer.refresh();
    }

    private static boolean number(String column) {
        return !List.of(RUN, VARIANT, STATUS).contains(column);
    }

    private static String text(Result result, String column) {
        return switch (column) {
            case RUN -> result.runName();
            case VARIANT -> result.variant();
            case STATUS -> result.status();
            default -> result.text(column);
        };
    }

    private void sort(TableColumn column) {
        down = sorted.equals(column.getText()) && !down;
        sorted = column.getText();
        viewer.getTable().setSortColumn(column);
        viewer.getTable().setSortDirection(down ? SWT.DOWN : SWT.UP);
        viewer.refresh();
    }

    /** What has no number comes last, whichever way it is sorted. */
    private int compare(Result first, Result second) {
        if (sorted.isEmpty()) {
            return 0;
        }
        if (!number(sorted)) {
            return text(first, sorted).compareTo(text(second, sorted));
        }
        Double one = first.values().get(sorted);
        Double other = second.values().get(sorted);
        if (one == null || other == null) {
            int missing = one == null ? other == null ? 0 : 1 : -1;
            return down ? -missing : missing;
        }
        return Double.compare(one, other);
    }

    private void export() {
        var dialog = new FileDialog(getSite().getShell(), SWT.SAVE);
        dialog.setText("Export results");
        dialog.setFileName("results.csv");
        dialog.setOverwrite(true);
        String chosen = dialog.open();
        if (chosen != null) {
            write(Path.of(chosen));
        }
    }

    /** Writes what is shown, in the order in which it is shown, and says so. */
    public void write(Path file) {
        var table = new ArrayList<List<Object>>(List.of(new ArrayList<>(columns)));
        for (var item : viewer.getTable().getItems()) {
            var result = (Result) item.getData();
            table.add(columns.stream().<Object>map(column -> number(column) ? value(result.values().get(column)) : text(result, column)).toList());
        }
        Export.begin("results", file.toString(), () -> Files.writeString(file, Csv.text(table)), state,
                text -> StatusLine.say(getSite().getWorkbenchWindow(), text));
    }

    private static Object value(@Nullable Double number) {
        return number == null ? "" : number;
    }

    @Override
    public Optional<ShellLine> command() {
        List<?> chosen = viewer.getStructuredSelection().toList();
        Object[] runs = chosen.stream().map(result -> ((Result) result).run().toString()).distinct().toArray();
        return runs.length == 0 ? Optional.empty() : Optional.of(ShellLine.of("compare").and(runs));
    }

    @Override
    public void setFocus() {
        viewer.getControl().setFocus();
    }

    @Override
    public void dispose() {
        job.cancel();
        super.dispose();
    }

    /** The table. */
    public TableViewer viewer() {
        return viewer;
    }

    /** What is said while there is nothing. */
    public EmptyState state() {
        return state;
    }
}
