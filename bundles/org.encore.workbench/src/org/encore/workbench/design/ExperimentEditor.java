package org.encore.workbench.design;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.action.Action;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.jface.operation.ModalContext;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.jface.text.BadLocationException;
import org.eclipse.jface.text.Document;
import org.eclipse.jface.text.DocumentEvent;
import org.eclipse.jface.text.IDocumentListener;
import org.eclipse.jface.text.ITextOperationTarget;
import org.eclipse.jface.text.source.AnnotationModel;
import org.eclipse.jface.text.source.CompositeRuler;
import org.eclipse.jface.text.source.ISourceViewer;
import org.eclipse.jface.text.source.LineNumberRulerColumn;
import org.eclipse.jface.text.source.SourceViewer;
import org.eclipse.jface.viewers.TableViewer;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.CTabFolder;
import org.eclipse.swt.custom.CTabItem;
import org.eclipse.swt.custom.SashForm;
import org.eclipse.swt.events.VerifyEvent;
import org.eclipse.swt.layout.FillLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.ui.IEditorInput;
import org.eclipse.ui.IEditorSite;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.actions.ActionFactory;
import org.eclipse.ui.part.EditorPart;
import org.encore.api.extension.Registry;
import org.encore.experiment.yaml.TextEdit;
import org.encore.workbench.Installation;
import org.encore.workbench.guide.OptionGuide;
import org.encore.workbench.part.Appearance;
import org.encore.workbench.part.Commanded;
import org.encore.workbench.part.FocusedField;
import org.encore.workbench.part.Later;
import org.encore.workbench.part.ShellLine;
import org.encore.workbench.part.StatusLine;
import org.encore.workbench.pipeline.Draft;
import org.encore.workbench.pipeline.Drawing;
import org.encore.workbench.pipeline.PipelinePage;
import org.encore.workbench.run.ChosenExperiment;
import org.jspecify.annotations.Nullable;

/**
 * An experiment in two pages over one text. Source: coloured, completed (Ctrl+Space), explained (hover); what is near a valid name is mended by
 * Ctrl+1. Pipeline: the graph
 * of its stages, with their options. It is checked while it is changed.
 */
public final class ExperimentEditor extends EditorPart implements Commanded {

    public static final String ID = "org.encore.workbench.experimentEditor";

    private static final long PAUSE_MILLIS = 300;
    private static final int RULER = 12;

    private final Document document = new Document();
    private final AnnotationModel annotations = new AnnotationModel();
    private final Job job = Job.createSystem("Checking an experiment", (ICoreRunnable) monitor -> check());
    private SourceViewer viewer;
    private SourceViewing viewing;
    private ProblemList problems;
    private CTabFolder pages;
    private PipelinePage pipeline;
    private volatile @Nullable OptionGuide guide;
    private volatile @Nullable Registry registry;
    private volatile Path file = Path.of("");
    private volatile String text = "";
    private List<Finding> findings = List.of();
    private String saved = "";
    private boolean loaded;
    private long pause = PAUSE_MILLIS;

    @Override
    public void init(IEditorSite site, IEditorInput input) throws PartInitException {
        if (!(input instanceof ExperimentInput experiment)) {
            throw new PartInitException("only files of experiments can be edited here");
        }
        setSite(site);
        setInput(input);
        setPartName(input.getName());
        file = experiment.file();
    }

    @Override
    public void createPartControl(Composite parent) {
        parent.setLayout(new FillLayout());
        var sash = new SashForm(parent, SWT.VERTICAL);
        pages = new CTabFolder(sash, SWT.BOTTOM | SWT.FLAT);
        createSource(pages);
        pipeline = new PipelinePage(pages, new Shared());
        page("Source", viewer.getControl());
        page("Pipeline", pipeline.control());
        pages.setSelection(0);
        pages.addListener(SWT.Selection, e -> turned());
        problems = new ProblemList(sash, this::reveal, this::mend);
        sash.setWeights(78, 22);
        actions();
        load();
    }

    private void page(String name, Control content) {
        var tab = new CTabItem(pages, SWT.NONE);
        tab.setText(name);
        tab.setControl(content);
    }

    private void createSource(Composite parent) {
        var ruler = new CompositeRuler(RULER);
        var numbers = new LineNumberRulerColumn();
        numbers.setFont(JFaceResources.getTextFont());
        ruler.addDecorator(0, numbers);
        viewer = new SourceViewer(parent, ruler, SWT.V_SCROLL | SWT.H_SCROLL);
        viewing = new SourceViewing(this);
        viewer.configure(viewing);
        viewer.setDocument(document, annotations);
        viewer.getTextWidget().setFont(JFaceResources.getTextFont());
        ProblemMarks.paint(viewer);
        viewer.prependVerifyKeyListener(this::key);
        numbers.setForeground(YamlColours.numbers());
        Runnable recolour = () -> {
            numbers.setForeground(YamlColours.numbers());
            numbers.redraw();
            viewer.invalidateTextPresentation();
        };
        Appearance.follow(viewer.getTextWidget(), recolour);
        document.addDocumentListener(new IDocumentListener() {
            @Override
            public void documentAboutToBeChanged(DocumentEvent event) {
                // nothing is known yet
            }

            @Override
            public void documentChanged(DocumentEvent event) {
                changed();
            }
        });
    }

    /** Another page is in front. */
    private void turned() {
        if (inPipeline()) {
            pipeline.front();
        } else {
            pipeline.back();
            viewer.getTextWidget().setFocus();
        }
    }

    private boolean inPipeline() {
        return pages.getSelectionIndex() == 1;
    }

    /** Brings the pipeline, or the source, to the front. */
    public void turn(boolean toPipeline) {
        pages.setSelection(toPipeline ? 1 : 0);
        turned();
    }

    /** The graph of stages. */
    public PipelinePage pipeline() {
        return pipeline;
    }

    /** The text as the pipeline sees and changes it. */
    private final class Shared implements Draft {

        @Override
        public String text() {
            return document.get();
        }

        @Override
        public void change(List<TextEdit> edits) {
            viewer.getUndoManager().beginCompoundChange();
            pause = 0;
            try {
                for (TextEdit edit : edits) {
                    document.replace(edit.offset(), edit.length(), edit.text());
                }
            } catch (BadLocationException e) {
                throw new IllegalStateException("edits are of the text as it is", e);
            } finally {
                pause = PAUSE_MILLIS;
                viewer.getUndoManager().endCompoundChange();
            }
        }

        @Override
        public void say(String message) {
            StatusLine.say(getSite().getWorkbenchWindow(), message);
        }

        @Override
        public Optional<OptionGuide> guide() {
            return Optional.ofNullable(guide);
        }

        @Override
        public Optional<Registry> registry() {
            return Optional.ofNullable(registry);
        }

        @Override
        public Optional<String> wrong(int from, int to) {
            return findings.stream().filter(finding -> ProblemMarks.place(finding, document).filter(at -> at.offset >= from && at.offset <= to)
                    .isPresent())
                    .map(Finding::message).findFirst();
        }
    }

    private void key(VerifyEvent event) {
        if (event.stateMask == SWT.CTRL && event.character == ' ') {
            viewer.doOperation(ISourceViewer.CONTENTASSIST_PROPOSALS);
            event.doit = false;
        } else if (event.stateMask == SWT.CTRL && event.keyCode == '1') {
            atCaret().or(problems::chosen).ifPresent(this::mend);
            event.doit = false;
        }
    }

    private Optional<Finding> atCaret() {
        int line = viewer.getTextWidget().getLineAtOffset(viewer.getTextWidget().getCaretOffset()) + 1;
        return findings.stream().filter(finding -> finding.line() == line && finding.meant().isPresent()).findFirst();
    }

    private void actions() {
        action(ActionFactory.UNDO, ITextOperationTarget.UNDO);
        action(ActionFactory.REDO, ITextOperationTarget.REDO);
        action(ActionFactory.CUT, ITextOperationTarget.CUT);
        action(ActionFactory.COPY, ITextOperationTarget.COPY);
        action(ActionFactory.PASTE, ITextOperationTarget.PASTE);
        action(ActionFactory.SELECT_ALL, ITextOperationTarget.SELECT_ALL);
        handle(ActionFactory.PRINT, () -> {
            if (inPipeline()) {
                pipeline.print();
            } else {
                viewer.doOperation(ITextOperationTarget.PRINT);
            }
        });
    }

    private void action(ActionFactory of, int operation) {
        handle(of, () -> {
            boolean ofText = operation == ITextOperationTarget.UNDO || operation == ITextOperationTarget.REDO;
            if (ofText || !FocusedField.does(operation)) {
                viewer.doOperation(operation);
            }
        });
    }

    private void handle(ActionFactory of, Runnable work) {
        var action = new Action() {
            @Override
            public void run() {
                work.run();
            }
        };
        action.setActionDefinitionId(of.getCommandId()); // without it, neither key nor menu finds the handler
        getEditorSite().getActionBars().setGlobalActionHandler(of.getId(), action);
    }

    private void load() {
        Job.createSystem("Opening " + file.getFileName(), (ICoreRunnable) monitor -> {
            var known = Registry.ofPlatform();
            registry = known;
            try {
                String content = Files.readString(file);
                Later.on(viewer.getTextWidget(), () -> {
                    saved = content;
                    loaded = true;
                    document.set(content);
                    viewer.getUndoManager().reset();
                    firePropertyChange(PROP_DIRTY);
                });
            } catch (IOException e) {
                Later.on(viewer.getTextWidget(), () -> {
                    viewer.setEditable(false);
                    problems.say(file + " cannot be read: " + e.getMessage());
                });
            }
            guide = new OptionGuide(known);
        }).schedule();
    }

    private void changed() {
        text = document.get();
        firePropertyChange(PROP_DIRTY);
        job.schedule(pause);
    }

    private void check() {
        Registry known = registry;
        if (known == null) {
            return;
        }
        String checked = text;
        Finding.Check check = Finding.check(Installation.shown(file), checked, known);
        Drawing drawing = Drawing.of(file, checked, known);
        Later.on(viewer.getTextWidget(), () -> {
            if (checked.equals(document.get())) {
                show(check);
                pipeline.show(drawing);
            }
        });
    }

    private void show(Finding.Check check) {
        findings = check.findings();
        annotations.removeAllAnnotations();
        findings.forEach(finding -> ProblemMarks.place(finding, document).ifPresent(at -> annotations.addAnnotation(ProblemMarks.of(finding), at)));
        problems.show(check);
    }

    private void reveal(Finding finding) {
        ProblemMarks.place(finding, document).ifPresent(at -> {
            turn(false);
            viewer.setSelectedRange(at.offset, at.length);
            viewer.revealRange(at.offset, at.length);
            viewer.getTextWidget().setFocus();
        });
    }

    private void mend(Finding finding) {
        finding.meant().ifPresent(name -> ProblemMarks.place(finding, document).ifPresent(at -> {
            try {
                document.replace(at.offset, at.length, name);
            } catch (BadLocationException e) {
                throw new IllegalStateException("the place lies in the document", e);
            }
        }));
    }

    @Override
    public boolean isDirty() {
        return loaded && !document.get().equals(saved);
    }

    @Override
    public boolean isSaveAsAllowed() {
        return true;
    }

    @Override
    public void doSave(IProgressMonitor monitor) {
        save(file, monitor);
    }

    @Override
    public void doSaveAs() {
        var dialog = new FileDialog(getSite().getShell(), SWT.SAVE);
        dialog.setText("Save experiment");
        dialog.setFilterPath(file.getParent().toString());
        dialog.setFileName(file.getFileName().toString());
        dialog.setOverwrite(true);
        String chosen = dialog.open();
        if (chosen != null) {
            var input = new ExperimentInput(Path.of(chosen));
            if (save(input.file(), new org.eclipse.core.runtime.NullProgressMonitor())) {
                file = input.file();
                setInputWithNotify(input);
                setPartName(input.getName());
                ChosenExperiment.choose(Installation.shown(file).toString());
                job.schedule();
            }
        }
    }

    private boolean save(Path target, IProgressMonitor monitor) {
        String content = document.get();
        try {
            ModalContext.run(progress -> {
                try {
                    Files.writeString(target, content);
                } catch (IOException e) {
                    throw new InvocationTargetException(e);
                }
            }, true, monitor, getSite().getShell().getDisplay());
            saved = content;
            firePropertyChange(PROP_DIRTY);
            return true;
        } catch (InvocationTargetException e) {
            monitor.setCanceled(true);
            MessageDialog.openError(getSite().getShell(), "Not saved", target + " cannot be written: " + e.getCause().getMessage()
                    + ". What you wrote is still here; save it under another name (File, Save As).");
        } catch (InterruptedException e) {
            monitor.setCanceled(true);
            Thread.currentThread().interrupt();
        }
        return false;
    }

    Optional<OptionGuide> guide() {
        return Optional.ofNullable(guide);
    }

    List<Finding> findings() {
        return findings;
    }

    @Override
    public Optional<ShellLine> command() {
        return Optional.of(ShellLine.of("validate", Installation.shown(file)));
    }

    @Override
    public void setFocus() {
        ChosenExperiment.choose(Installation.shown(file).toString()); // what is in front is what Run runs
        turned();
    }

    @Override
    public void dispose() {
        job.cancel();
        super.dispose();
    }

    /** Where the text is. */
    public SourceViewer viewer() {
        return viewer;
    }

    /** The table of what is wrong. */
    public TableViewer problems() {
        return problems.viewer();
    }

    /** What is said of the whole. */
    public String summary() {
        return problems.summary();
    }

    /** Names of what may be written at an offset. */
    public List<String> offered(int offset) {
        return viewing.offers(document.get(), offset).stream().map(OptionGuide.Offer::name).toList();
    }

    /** What stands at an offset means. */
    public Optional<String> meaning(int offset) {
        return viewing.meaning(document.get(), offset);
    }
}
