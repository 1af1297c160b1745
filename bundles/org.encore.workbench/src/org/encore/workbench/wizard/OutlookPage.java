package org.encore.workbench.wizard;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.viewers.TableViewer;
import org.eclipse.jface.wizard.WizardPage;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;
import org.encore.api.Monitor;
import org.encore.api.extension.Registry;
import org.encore.api.option.Problems;
import org.encore.experiment.ExperimentReader;
import org.encore.experiment.NewExperiment;
import org.encore.experiment.process.Outlook;
import org.encore.experiment.process.Workshop;
import org.encore.workbench.Settings;
import org.encore.workbench.part.Later;
import org.encore.workbench.part.Tables;
import org.jspecify.annotations.Nullable;

/** Budget, and what the experiment amounts to: receipt of the match, stages and estimated time, as {@code encore plan} says them. */
final class OutlookPage extends WizardPage {

    private static final long PAUSE_MILLIS = 400;
    private static final int RECEIPTS = 110;
    private static final int STAGES = 230;

    private final Supplier<NewExperiment> experiment;
    private final Registry registry;
    private final Job job = Job.createSystem("Estimating", (ICoreRunnable) monitor -> estimate());
    private volatile @Nullable String asked;
    private Text tokens;
    private Text seeds;
    private Text hours;
    private Label models;
    private Label time;
    private TableViewer receipts;
    private TableViewer stages;

    OutlookPage(Supplier<NewExperiment> experiment, Registry registry) {
        super("outlook", "What may it take?", null);
        this.experiment = experiment;
        this.registry = registry;
        setDescription("Nothing is started: Finish writes the file and opens it.");
    }

    @Override
    public void createControl(Composite parent) {
        var area = new Composite(parent, SWT.NONE);
        GridLayoutFactory.swtDefaults().numColumns(6).margins(10, 10).applyTo(area);
        tokens = field(area, "Tokens of training", "2M");
        seeds = field(area, "Seeds", "[1]");
        hours = field(area, "Most hours (0: any)", "0");
        models = line(area);
        receipts = table(area, Outlook.RECEIPTS, List.of(5, 3, 4, 7, 6), RECEIPTS);
        stages = table(area, Outlook.STAGES, List.of(3, 2, 2, 2, 2, 3), STAGES);
        time = line(area);
        setControl(area);
        area.addListener(SWT.Dispose, event -> job.cancel());
    }

    private Text field(Composite parent, String name, String text) {
        new Label(parent, SWT.NONE).setText(name);
        var field = new Text(parent, SWT.BORDER);
        field.setText(text);
        field.addListener(SWT.Modify, event -> ask());
        GridDataFactory.fillDefaults().grab(true, false).applyTo(field);
        return field;
    }

    private static Label line(Composite parent) {
        var label = new Label(parent, SWT.WRAP);
        GridDataFactory.fillDefaults().grab(true, false).span(6, 1).hint(400, SWT.DEFAULT).applyTo(label);
        return label;
    }

    private static TableViewer table(Composite parent, List<String> titles, List<Integer> shares, int height) {
        TableViewer table = Tables.create(parent);
        for (int i = 0; i < titles.size(); i++) {
            int column = i;
            Tables.column(table, titles.get(i), shares.get(i), List.class, row -> String.valueOf(row.get(column)));
        }
        GridDataFactory.fillDefaults().grab(true, true).span(6, 1).hint(SWT.DEFAULT, height).applyTo(Tables.area(table));
        return table;
    }

    @Override
    public void setVisible(boolean visible) {
        super.setVisible(visible);
        if (visible) {
            ask();
        }
    }

    private void ask() {
        if (getControl() == null || !isCurrentPage()) {
            return;
        }
        try {
            hours();
            asked = experiment.get().text(registry);
            setErrorMessage(null);
            time.setText("Estimating…");
            job.cancel();
            job.schedule(PAUSE_MILLIS);
        } catch (IllegalArgumentException e) {
            fail(e.getMessage());
        }
    }

    private void estimate() {
        String text = asked;
        if (text == null) {
            return;
        }
        try {
            Workshop workshop = Workshop.of(registry, Settings.data(), Settings.runs(), true, Monitor.NONE, line -> { });
            Outlook outlook = Outlook.of(ExperimentReader.read(Path.of("new.yaml"), text, List.of(), registry), workshop);
            Later.on(getControl(), () -> show(text, () -> tell(outlook)));
        } catch (Problems.InvalidConfiguration e) {
            String wrong = e.problems().stream().map(Problems.Problem::message).collect(Collectors.joining(" "));
            Later.on(getControl(), () -> show(text, () -> fail(wrong)));
        } catch (RuntimeException e) { // data that are missing or damaged, a plug-in that is broken
            Later.on(getControl(), () -> show(text, () -> fail("It cannot be estimated: " + e.getMessage())));
        }
    }

    private void show(String text, Runnable work) {
        if (text.equals(asked)) {
            work.run();
        }
    }

    private void tell(Outlook outlook) {
        List<List<String>> matched = Outlook.receipts(outlook.plan());
        models.setText(outlook.models() + ". " + Outlook.lengths(outlook.plan().receipts()));
        receipts.setInput(matched.subList(1, matched.size()));
        stages.setInput(outlook.stages().subList(1, outlook.stages().size()));
        Optional<String> budget = outlook.budget();
        time.setText(outlook.time() + budget.map(words -> "; " + words).orElse(""));
        ((Composite) getControl()).layout(true);
        setErrorMessage(null);
        setMessage(budget.filter(words -> words.startsWith("OVER")).map(words -> "It is over its budget: a run would not begin.").orElse(null),
                WARNING);
        setPageComplete(true);
    }

    private void fail(String why) {
        setErrorMessage(why);
        time.setText("");
        receipts.setInput(List.of());
        stages.setInput(List.of());
    }

    String tokens() {
        return tokens.getText().strip();
    }

    String seeds() {
        return seeds.getText().isBlank() ? "[1]" : seeds.getText().strip();
    }

    double hours() {
        try {
            return hours.getText().isBlank() ? 0 : Double.parseDouble(hours.getText().strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + hours.getText() + "' is no number of hours", e);
        }
    }
}
