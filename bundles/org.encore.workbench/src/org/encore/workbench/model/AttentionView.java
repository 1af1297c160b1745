package org.encore.workbench.model;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.FillLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.part.ViewPart;
import org.encore.api.extension.Registry;
import org.encore.api.inference.AttentionMap;
import org.encore.experiment.export.Attended;
import org.encore.workbench.chart.ChartExport;
import org.encore.workbench.part.Commanded;
import org.encore.workbench.part.EmptyState;
import org.encore.workbench.part.LastAsked;
import org.encore.workbench.part.PushButton;
import org.encore.workbench.part.ShellLine;
import org.encore.workbench.part.ToolAction;
import org.jspecify.annotations.Nullable;

/** What a trained model looks at while it reads a source and writes an output: each attention of its graph, by head or the mean over heads. */
public final class AttentionView extends ViewPart implements Commanded {

    public static final String ID = "org.encore.workbench.attention";

    private static final String ADVICE = "Type a source or take an example, then press Enter: what the model looks at while it answers appears here.";

    private EmptyState state;
    private Composite content;
    private ModelBox box;
    private Text source;
    private Text output;
    private Combo attention;
    private Combo head;
    private Button show;
    private Button cancel;
    private EmptyState place;
    private AttentionPicture picture;
    private @Nullable Attended attended;
    private @Nullable Job job;
    private int examples;
    private LastAsked asked;

    @Override
    public void createPartControl(Composite parent) {
        parent.setLayout(new FillLayout());
        state = new EmptyState(parent, "No trained model yet. Run an experiment (F9); what its models look at is shown here once they are trained.");
        content = new Composite(state, SWT.NONE);
        asked = new LastAsked(content);
        GridLayoutFactory.swtDefaults().numColumns(6).applyTo(content);
        box = new ModelBox(content, 0, any -> state.show(content, () -> any), this::forget);
        GridDataFactory.fillDefaults().applyTo(box.control());
        source = text("What the model reads; Enter shows what it looks at");
        output = text("What it writes (empty: its own answer)");
        show = PushButton.of(content, "Show", this::look);
        cancel = PushButton.of(content, "Cancel", this::cancel);
        PushButton.of(content, "Example", this::example);
        cancel.setEnabled(false);
        attention = combo("Which attention, by its place in the graph");
        head = combo("Which head");
        GridDataFactory.fillDefaults().span(5, 1).align(SWT.BEGINNING, SWT.FILL).applyTo(head);
        attention.addListener(SWT.Selection, event -> heads());
        head.addListener(SWT.Selection, event -> draw());
        place = new EmptyState(content, ADVICE);
        GridDataFactory.fillDefaults().span(6, 1).grab(true, true).applyTo(place);
        picture = new AttentionPicture(place);
        getViewSite().getActionBars().getToolBarManager().add(new ToolAction("Export as SVG, PNG and CSV…", "export",
                () -> ChartExport.of(getSite().getWorkbenchWindow(), picture.figure())));
    }

    private Text text(String message) {
        var text = new Text(content, SWT.SINGLE | SWT.BORDER);
        text.setMessage(message);
        text.setToolTipText(message);
        text.addListener(SWT.DefaultSelection, event -> look());
        GridDataFactory.fillDefaults().grab(true, false).align(SWT.FILL, SWT.CENTER).applyTo(text);
        return text;
    }

    private Combo combo(String tip) {
        var combo = new Combo(content, SWT.READ_ONLY);
        combo.setToolTipText(tip);
        combo.setEnabled(false);
        GridDataFactory.fillDefaults().applyTo(combo);
        return combo;
    }

    private interface Work {
        /** @param show takes what shows the result */
        void run(ModelOfRun model, IProgressMonitor monitor, Consumer<Runnable> show) throws IOException;
    }

    private void run(String name, Work work) {
        cancel();
        Consumer<Runnable> last = asked.ask();
        box.chosen().ifPresent(model -> {
            Job next = Job.create(name, (ICoreRunnable) monitor -> {
                try {
                    work.run(model, monitor, last);
                } catch (CancellationException e) {
                    last.accept(() -> nothing(ADVICE));
                } catch (IOException | RuntimeException e) {
                    last.accept(() -> nothing(String.valueOf(e.getMessage())));
                } finally {
                    last.accept(() -> busy(false));
                }
            });
            job = next;
            busy(true);
            next.schedule();
        });
    }

    private void busy(boolean now) {
        show.setEnabled(!now);
        cancel.setEnabled(now);
    }

    private void cancel() {
        if (job != null) {
            job.cancel();
        }
    }

    private void example() {
        run("Looking for an example", (model, monitor, last) -> {
            var held = model.open(Registry.ofPlatform()).data().development();
            String text = held.get(examples++ % held.size()).source();
            last.accept(() -> {
                source.setText(text);
                output.setText("");
                look();
            });
        });
    }

    private void look() {
        String reads = source.getText();
        String writes = output.getText();
        run("Looking at attention", (model, monitor, last) -> {
            try (Answering answering = Answering.open(model, Registry.ofPlatform())) {
                Attended found = writes.isBlank() ? answering.attended(reads, answer(answering, reads, monitor).ids(), monitor::isCanceled)
                        : answering.attended(reads, writes, monitor::isCanceled);
                last.accept(() -> show(found));
            }
        });
    }

    private static Answering.Answer answer(Answering answering, String reads, IProgressMonitor monitor) {
        try (Answering.Turn turn = answering.ask(reads)) {
            Answering.Answer answer = turn.next();
            while (!answer.ended()) {
                if (monitor.isCanceled()) {
                    throw new CancellationException("stopped");
                }
                answer = turn.next();
            }
            return answer;
        }
    }

    /** Another model: what is seen is not of it. */
    private void forget() {
        cancel();
        nothing(ADVICE);
    }

    private void nothing(String why) {
        attended = null;
        attention.setEnabled(false);
        head.setEnabled(false);
        picture.clear();
        place.say(why);
        place.show(picture, () -> false);
    }

    private void show(Attended found) {
        if (found.maps().isEmpty()) {
            nothing("This model has no attention: it mixes tokens by other means.");
            return;
        }
        attended = found;
        List<String> paths = found.maps().stream().map(AttentionMap::path).toList();
        int before = paths.indexOf(attention.getText());
        attention.setItems(paths.toArray(String[]::new));
        attention.select(before >= 0 ? before : paths.size() - 1);
        attention.setEnabled(true);
        heads();
        content.layout(true);
        place.show(picture, () -> true);
    }

    private void heads() {
        Attended seen = attended;
        if (seen == null) {
            return;
        }
        AttentionMap map = seen.maps().get(attention.getSelectionIndex());
        int before = head.getSelectionIndex();
        head.setItems(IntStream.range(-1, map.heads() == 1 ? 0 : map.heads()).mapToObj(n -> AttentionPicture.name(map, n)).toArray(String[]::new));
        head.select(before > 0 && before < head.getItemCount() ? before : 0);
        head.setEnabled(true);
        head.getParent().layout(true);
        draw();
    }

    private void draw() {
        Attended seen = attended;
        if (seen != null) {
            picture.show(seen, seen.maps().get(attention.getSelectionIndex()), head.getSelectionIndex() - 1);
        }
    }

    @Override
    public Optional<ShellLine> command() {
        return box.chosen().map(model -> {
            ShellLine line = ShellLine.of("explain", "attention", model.run(), source.getText(), "--cell", model.cell());
            return output.getText().isBlank() ? line : line.and("--output", output.getText());
        });
    }

    @Override
    public void setFocus() {
        source.setFocus();
    }

    @Override
    public void dispose() {
        cancel();
        super.dispose();
    }

    /** Where one types what is read. */
    public Text source() {
        return source;
    }

    /** Where one types what is written. */
    public Text output() {
        return output;
    }

    /** The attentions that there are. */
    public Combo attentionBox() {
        return attention;
    }

    /** The heads of the chosen one, after their mean. */
    public Combo headBox() {
        return head;
    }

    /** The map, and what is said of the cell that is pointed at. */
    public AttentionPicture picture() {
        return picture;
    }

    /** Why there is no map; nothing if there is one. */
    public String said() {
        return state.said().isEmpty() ? place.said() : state.said();
    }

    /** What the map is of; null if there is none. */
    public @Nullable Attended attended() {
        return attended;
    }
}
