package org.encore.workbench.pipeline;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.jface.resource.LocalResourceManager;
import org.eclipse.jface.viewers.ArrayContentProvider;
import org.eclipse.jface.viewers.ColumnLabelProvider;
import org.eclipse.jface.viewers.ColumnViewerToolTipSupport;
import org.eclipse.jface.viewers.TableViewer;
import org.eclipse.swt.SWT;
import org.eclipse.swt.SWTException;
import org.eclipse.swt.custom.SashForm;
import org.eclipse.swt.dnd.DND;
import org.eclipse.swt.dnd.DragSource;
import org.eclipse.swt.dnd.DragSourceAdapter;
import org.eclipse.swt.dnd.DragSourceEvent;
import org.eclipse.swt.dnd.DropTarget;
import org.eclipse.swt.dnd.DropTargetAdapter;
import org.eclipse.swt.dnd.DropTargetEvent;
import org.eclipse.swt.dnd.TextTransfer;
import org.eclipse.swt.dnd.Transfer;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.ImageLoader;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.ToolBar;
import org.eclipse.swt.widgets.ToolItem;
import org.encore.api.Counted;
import org.encore.api.extension.Contribution;
import org.encore.api.extension.ExtensionPoint;
import org.encore.api.extension.Registry;
import org.encore.workbench.part.Appearance;
import org.encore.workbench.part.Export;
import org.encore.workbench.part.Icons;
import org.encore.workbench.part.Later;
import org.encore.workbench.run.RunOfExperiment;
import org.jspecify.annotations.Nullable;

/** The experiment as a graph of its stages: a palette of all stages there are, the graph, and the options of the chosen stage. */
public final class PipelinePage {

    private final Draft draft;
    private final Composite area;
    private final TableViewer palette;
    private final PipelineCanvas canvas;
    private final StageForm form;
    private final Label heading;
    private final RunOfExperiment run = new RunOfExperiment(this::name, this::seen);
    private @Nullable Pipeline pipeline;
    private volatile String name = "";
    private String heard = "";

    public PipelinePage(Composite parent, Draft draft) {
        this.draft = draft;
        area = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(2).spacing(0, 0).applyTo(area);
        heading = new Label(area, SWT.NONE);
        GridDataFactory.fillDefaults().grab(true, false).align(SWT.FILL, SWT.CENTER).indent(8, 0).applyTo(heading);
        var bar = new ToolBar(area, SWT.FLAT | SWT.RIGHT);
        var sash = new SashForm(area, SWT.HORIZONTAL);
        GridDataFactory.fillDefaults().grab(true, true).span(2, 1).applyTo(sash);
        palette = palette(sash);
        canvas = new PipelineCanvas(sash, new PipelineCanvas.Actions() {
            @Override
            public void choose(String id) {
                configure();
            }

            @Override
            public void link(String from, String to) {
                PipelinePage.this.link(from, to);
            }

            @Override
            public void remove(String id) {
                PipelinePage.this.remove(id);
            }

            @Override
            public void move(String id, int by) {
                PipelinePage.this.move(id, by);
            }
        });
        form = new StageForm(sash, draft);
        sash.setWeights(19, 51, 30);
        tools(bar);
        drops();
        Appearance.follow(area, () -> {
            form.recolour();
            palette.refresh();
            configure();
        });
        area.addListener(SWT.Dispose, event -> run.stop());
    }

    private TableViewer palette(Composite parent) {
        var holder = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().spacing(0, 2).applyTo(holder);
        var title = new Label(holder, SWT.NONE);
        title.setText("Stages to add");
        GridDataFactory.fillDefaults().indent(8, 2).applyTo(title);
        var viewer = new TableViewer(holder, SWT.SINGLE | SWT.FULL_SELECTION | SWT.V_SCROLL);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(viewer.getTable());
        viewer.setContentProvider(ArrayContentProvider.getInstance());
        viewer.setLabelProvider(new ColumnLabelProvider() {
            @Override
            public String getText(Object element) {
                return (there(element) ? "✓ " : "+ ") + ((Contribution<?>) element).name();
            }

            @Override
            public String getToolTipText(Object element) {
                return ((Contribution<?>) element).description() + (there(element) ? "\nIt is in the pipeline."
                        : "\nEnter, a double click or dragging adds it.");
            }

            @Override
            public @Nullable Color getForeground(Object element) {
                return there(element) ? Colours.ofWindow().quiet() : null;
            }

            private boolean there(Object element) {
                return pipeline != null && pipeline.step(((Contribution<?>) element).id()).isPresent();
            }
        });
        ColumnViewerToolTipSupport.enableFor(viewer);
        viewer.addOpenListener(event -> offered().ifPresent(this::add));
        var source = new DragSource(viewer.getTable(), DND.DROP_COPY);
        source.setTransfer(TextTransfer.getInstance());
        source.addDragListener(new DragSourceAdapter() {
            @Override
            public void dragStart(DragSourceEvent event) {
                event.doit = offered().isPresent();
            }

            @Override
            public void dragSetData(DragSourceEvent event) {
                event.data = offered().orElse("");
            }
        });
        return viewer;
    }

    private Optional<String> offered() {
        return Optional.ofNullable((Contribution<?>) palette.getStructuredSelection().getFirstElement()).map(Contribution::id);
    }

    private void drops() {
        var target = new DropTarget(canvas.canvas(), DND.DROP_COPY | DND.DROP_DEFAULT);
        target.setTransfer(new Transfer[] {TextTransfer.getInstance()});
        target.addDropListener(new DropTargetAdapter() {
            @Override
            public void dragEnter(DropTargetEvent event) {
                event.detail = DND.DROP_COPY;
            }

            @Override
            public void drop(DropTargetEvent event) {
                if (event.data instanceof String id) {
                    add(id);
                }
            }
        });
    }

    private void tools(ToolBar bar) {
        var images = new LocalResourceManager(JFaceResources.getResources(), bar);
        tool(bar, images, "remove", "Take the chosen stage away (Delete)", () -> remove(canvas.chosen()));
        tool(bar, images, "earlier", "Move the chosen stage up (Alt+Up)", () -> move(canvas.chosen(), -1));
        tool(bar, images, "later", "Move the chosen stage down (Alt+Down)", () -> move(canvas.chosen(), 1));
        new ToolItem(bar, SWT.SEPARATOR);
        tool(bar, images, "smaller", "Smaller (-)", canvas::smaller);
        tool(bar, images, "larger", "Larger (+)", canvas::larger);
        tool(bar, images, "fit", "All of it (0)", canvas::fit);
        new ToolItem(bar, SWT.SEPARATOR);
        tool(bar, images, "print", "Print… (Ctrl+P)", this::print);
        tool(bar, images, "export", "Export as PNG…", this::export);
    }

    private static void tool(ToolBar bar, LocalResourceManager images, String icon, String tip, Runnable action) {
        var item = new ToolItem(bar, SWT.PUSH);
        item.setImage(images.create(Icons.of(icon)));
        item.setToolTipText(tip);
        item.addListener(SWT.Selection, event -> action.run());
    }

    public Control control() {
        return area;
    }

    /** Follows runs of the experiment from now on, while the page is in front. */
    public void front() {
        run.start();
        canvas.canvas().setFocus();
    }

    public void back() {
        run.stop();
    }

    private String name() {
        return name;
    }

    /** Shows the graph; where there is none, says why, and leaves the last one. */
    public void show(Drawing drawing) {
        switch (drawing) {
            case Drawing.Graph graph -> {
                pipeline = graph.pipeline();
                name = graph.pipeline().name();
                offer();
                heading.setText(heard.isEmpty() ? Counted.of(graph.pipeline().steps().size(), "stage") + ", each below what it reads" : heard);
                canvas.canvas().setEnabled(true);
                canvas.show(graph.pipeline());
                configure();
            }
            case Drawing.Nothing nothing -> {
                heading.setText("Not drawn anew: " + nothing.why());
                canvas.canvas().setEnabled(false);
            }
        }
    }

    private void offer() {
        if (palette.getInput() == null) {
            draft.registry().ifPresent(registry -> palette.setInput(registry.list(ExtensionPoint.STAGES)));
        } else {
            palette.refresh();
        }
    }

    private void configure() {
        if (pipeline != null) {
            form.show(pipeline, canvas.chosen());
        }
    }

    private void seen(RunOfExperiment.Seen seen) {
        Later.on(area, () -> {
            boolean same = seen.text().equals(draft.text());
            boolean running = seen.status().equals("running");
            heard = seen.run() + ": " + seen.status() + (same ? "" : " (of an earlier text)");
            canvas.show(same || running ? seen.stages() : Map.of());
            heading.setText(heard);
        });
    }

    private void edit(Consumer<StageEdits> work) {
        Registry registry = draft.registry().orElse(null);
        if (pipeline == null || registry == null) {
            return;
        }
        try {
            var edits = new StageEdits(draft.text(), pipeline.steps().stream().map(Pipeline.Step::id).toList(), registry);
            work.accept(edits);
            draft.change(edits.edits());
        } catch (IllegalArgumentException e) {
            draft.say(e.getMessage());
        }
    }

    /** Adds a stage, with what it needs. */
    public void add(String id) {
        if (pipeline != null && pipeline.step(id).isPresent()) {
            canvas.choose(id);
            draft.say("'" + id + "' is in the pipeline already.");
            return;
        }
        edit(edits -> {
            List<String> beside = edits.add(id);
            draft.say(beside.isEmpty() ? "" : "'" + id + "' needs " + String.join(", ", beside) + ", added too.");
        });
    }

    public void remove(String id) {
        edit(edits -> {
            edits.remove(id);
            draft.say("'" + id + "' is taken away. Its options stay in the text; Ctrl+Z brings it back.");
        });
    }

    public void move(String id, int by) {
        edit(edits -> edits.move(id, by));
    }

    public void link(String from, String to) {
        edit(edits -> edits.link(from, to).ifPresent(draft::say));
    }

    /** The graph on paper, with what is heard of its run. */
    public PrintedPage page() {
        return PrintedPage.of(name + (heard.isEmpty() ? "" : ", " + heard), canvas.onPaper(), area.getDisplay());
    }

    /** Asks for a printer. */
    public void print() {
        Printing.of(area.getShell(), page());
    }

    private void export() {
        var dialog = new FileDialog(area.getShell(), SWT.SAVE);
        dialog.setText("Export pipeline");
        dialog.setFileName(name + ".png");
        dialog.setOverwrite(true);
        String chosen = dialog.open();
        if (chosen != null) {
            export(Path.of(chosen));
        }
    }

    /** Writes the graph as a picture, beside the user interface's thread, and says so. */
    public void export(Path file) {
        ImageData graph = page().graph();
        Export.begin(file.getFileName().toString(), file.toString(), () -> write(graph, file), area, draft::say);
    }

    private static void write(ImageData graph, Path file) throws IOException {
        var loader = new ImageLoader();
        loader.data = new ImageData[] {graph};
        try (OutputStream out = Files.newOutputStream(file)) {
            loader.save(out, SWT.IMAGE_PNG);
        } catch (SWTException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** The graph. */
    public PipelineCanvas canvas() {
        return canvas;
    }

    /** The list of stages that may be added. */
    public TableViewer palette() {
        return palette;
    }

    /** What is drawn, in words. */
    public String words() {
        return canvas.words();
    }

    /** What stands above the graph. */
    public String heading() {
        return heading.getText();
    }

    /** The field of an option of the chosen stage. */
    public Optional<Control> field(String option) {
        return form.field(option);
    }

    /** What is said below an option of the chosen stage. */
    public Optional<String> said(String option) {
        return form.said(option);
    }

    public void choose(String id) {
        canvas.choose(id);
    }
}
