package org.encore.workbench.model;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;

import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.jobs.IJobChangeEvent;
import org.eclipse.core.runtime.jobs.ISchedulingRule;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.core.runtime.jobs.JobChangeAdapter;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.FillLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.part.ViewPart;
import org.encore.api.Counted;
import org.encore.api.extension.Registry;
import org.encore.experiment.export.Attended;
import org.encore.workbench.part.Commanded;
import org.encore.workbench.part.EmptyState;
import org.encore.workbench.part.Later;
import org.encore.workbench.part.PushButton;
import org.encore.workbench.part.ShellLine;
import org.jspecify.annotations.Nullable;

/** Two models are asked the same and answer side by side, token by token, in turns: neither computes while the other is timed. */
public final class PlayView extends ViewPart implements Commanded {

    public static final String ID = "org.encore.workbench.playground";

    /** Native models are used by one job at a time. */
    private static final class OneAtATime implements ISchedulingRule {

        @Override
        public boolean contains(ISchedulingRule rule) {
            return rule == this;
        }

        @Override
        public boolean isConflicting(ISchedulingRule rule) {
            return rule == this;
        }
    }

    private record Side(ModelBox box, AnswerText output, Label figures) {}

    private final ISchedulingRule rule = new OneAtATime();
    private final Map<ModelOfRun, Answering> opened = new HashMap<>();
    private final Set<Job> looking = ConcurrentHashMap.newKeySet();
    private final List<Side> sides = new ArrayList<>();
    private EmptyState state;
    private Composite content;
    private Text source;
    private Button ask;
    private Button stop;
    private @Nullable Job job;
    private int examples;

    @Override
    public void createPartControl(Composite parent) {
        parent.setLayout(new FillLayout());
        state = new EmptyState(parent, "No trained model yet. Run an experiment (F9); its models can be asked here once they are trained.");
        content = new Composite(state, SWT.NONE);
        GridLayoutFactory.swtDefaults().numColumns(2).equalWidth(true).applyTo(content);
        var row = new Composite(content, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(4).applyTo(row);
        GridDataFactory.fillDefaults().span(2, 1).grab(true, false).applyTo(row);
        source = new Text(row, SWT.SINGLE | SWT.BORDER);
        source.setMessage("What the models are asked; Enter asks");
        source.addListener(SWT.DefaultSelection, e -> ask());
        GridDataFactory.fillDefaults().grab(true, false).align(SWT.FILL, SWT.CENTER).applyTo(source);
        ask = PushButton.of(row, "Ask", this::ask);
        stop = PushButton.of(row, "Stop asking", this::cancel);
        PushButton.of(row, "Example", this::example);
        stop.setEnabled(false);
        side(0);
        side(1);
    }

    private void side(int n) {
        var area = new Composite(content, SWT.NONE);
        GridLayoutFactory.fillDefaults().applyTo(area);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(area);
        var box = new ModelBox(area, n, any -> state.show(content, () -> any), () -> { });
        GridDataFactory.fillDefaults().grab(true, false).applyTo(box.control());
        var output = new AnswerText(area, this::attend);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(output);
        var figures = new Label(area, SWT.NONE);
        figures.setText(" ");
        GridDataFactory.fillDefaults().grab(true, false).applyTo(figures);
        sides.add(new Side(box, output, figures));
    }

    private void example() {
        sides.getFirst().box().chosen().ifPresent(model -> run("Looking for an example", monitor -> {
            String example = open(model).example(examples++);
            Later.on(content, () -> source.setText(example));
        }));
    }

    private void ask() {
        String text = source.getText();
        var models = new ArrayList<Optional<ModelOfRun>>();
        looking.forEach(Job::cancel);
        sides.forEach(side -> {
            side.output().clear();
            side.figures().setText(" ");
            models.add(side.box().chosen());
        });
        run("Asking", monitor -> answer(text, models, monitor));
    }

    private interface Work {
        void run(IProgressMonitor monitor) throws IOException;
    }

    private void run(String name, Work work) {
        cancel();
        Job next = Job.create(name, (ICoreRunnable) monitor -> {
            try {
                work.run(monitor);
            } catch (IOException | RuntimeException e) {
                Later.on(content, () -> sides.getFirst().figures().setText(String.valueOf(e.getMessage())));
            } finally {
                Later.on(content, () -> busy(false));
            }
        });
        next.setRule(rule);
        job = next;
        busy(true);
        next.schedule();
    }

    private void busy(boolean now) {
        ask.setEnabled(!now);
        stop.setEnabled(now);
    }

    private void cancel() {
        if (job != null) {
            job.cancel();
        }
    }

    private Answering open(ModelOfRun model) throws IOException {
        Answering known = opened.get(model);
        if (known == null) {
            known = Answering.open(model, Registry.ofPlatform());
            opened.put(model, known);
        }
        return known;
    }

    /** In turns, so that both grow together and each has the machine to itself while its time is taken. */
    private void answer(String text, List<Optional<ModelOfRun>> models, IProgressMonitor monitor) throws IOException {
        var turns = new HashMap<Side, Answering.Turn>();
        try {
            for (int i = 0; i < sides.size(); i++) {
                Side side = sides.get(i);
                if (models.get(i).isPresent()) {
                    try {
                        turns.put(side, open(models.get(i).get()).ask(text));
                    } catch (IllegalArgumentException e) {
                        Later.on(content, () -> side.figures().setText(String.valueOf(e.getMessage())));
                    }
                }
            }
            while (!monitor.isCanceled() && turns.values().stream().anyMatch(turn -> !turn.ended())) {
                for (int i = 0; i < sides.size(); i++) {
                    int n = i;
                    Side side = sides.get(n);
                    Answering.Turn turn = turns.get(side);
                    if (turn != null && !turn.ended() && !monitor.isCanceled()) {
                        Answering.Answer answer = turn.next();
                        Later.on(content, () -> show(side, models.get(n).orElseThrow(), text, answer));
                    }
                }
            }
        } finally {
            turns.values().forEach(Answering.Turn::close);
        }
    }

    private static void show(Side side, ModelOfRun model, String text, Answering.Answer answer) {
        side.output().show(new AnswerText.Given(model, text, answer));
        side.figures().setText(String.format(Locale.ROOT, "first token %.2f ms, %s%s%s", answer.firstTokenMillis(),
                answer.tokens() < 2 ? "" : String.format(Locale.ROOT, "then %,.0f tokens/s, ", answer.tokensPerSecond()),
                Counted.of(answer.tokens(), "token"), answer.ended() ? "" : " …"));
    }

    /** Finds out what a model looked at, once for an answer, when somebody first points at one of its tokens. Models that answer go first. */
    private void attend(AnswerText asking, AnswerText.Given given) {
        Job next = Job.create("Looking at attention", (ICoreRunnable) monitor -> {
            try {
                Attended attended = open(given.model()).attended(given.source(), given.answer().ids(), monitor::isCanceled);
                Later.on(content, () -> asking.attended(given, attended));
            } catch (CancellationException e) {
                Later.on(content, () -> asking.unattended(given, "Stopped. Point again to begin anew."));
            } catch (IOException | RuntimeException e) {
                Later.on(content, () -> asking.unattended(given, String.valueOf(e.getMessage())));
            }
        });
        next.setRule(rule);
        looking.add(next);
        next.addJobChangeListener(new JobChangeAdapter() {
            @Override
            public void done(IJobChangeEvent event) {
                looking.remove(next);
            }
        });
        next.schedule();
    }

    @Override
    public Optional<ShellLine> command() {
        return sides.getFirst().box().chosen().map(model -> ShellLine.of("generate", model.run(), "--cell", model.cell(), source.getText()));
    }

    @Override
    public void setFocus() {
        source.setFocus();
    }

    @Override
    public void dispose() {
        cancel();
        looking.forEach(Job::cancel);
        Job close = Job.createSystem("Closing models", (ICoreRunnable) monitor -> opened.values().forEach(Answering::close));
        close.setRule(rule);
        close.schedule();
        super.dispose();
    }

    /** Where one types what is asked. */
    public Text source() {
        return source;
    }

    /** What a side has answered so far. */
    public String answer(int side) {
        return sides.get(side).output().text();
    }

    /** The answer of a side, with what is said of its tokens. */
    public AnswerText output(int side) {
        return sides.get(side).output();
    }

    /** Times of a side, or why there are none. */
    public String figures(int side) {
        return sides.get(side).figures().getText();
    }

    /** What is said while there is no model. */
    public EmptyState state() {
        return state;
    }
}
