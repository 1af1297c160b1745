package org.encore.workbench.welcome;

import java.nio.file.Path;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.resource.FontDescriptor;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.jface.resource.LocalResourceManager;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.ScrolledComposite;
import org.eclipse.swt.graphics.Font;
import org.eclipse.swt.layout.FillLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.handlers.IHandlerService;
import org.eclipse.ui.part.IntroPart;
import org.encore.workbench.Installation;
import org.encore.workbench.Settings;
import org.encore.workbench.action.Open;
import org.encore.workbench.action.StartRun;
import org.encore.workbench.part.Icons;
import org.encore.workbench.part.StatusLine;
import org.encore.workbench.run.ChosenExperiment;

/** What a newcomer sees first: each step with the command that does the same. */
public final class Welcome extends IntroPart {

    private static final int WIDTH = 620;
    private static final int LARGE = 22;

    private Composite page;
    private LocalResourceManager resources;

    @Override
    public void createPartControl(Composite parent) {
        var scrolled = new ScrolledComposite(parent, SWT.V_SCROLL | SWT.H_SCROLL);
        scrolled.setExpandHorizontal(true);
        scrolled.setExpandVertical(true);
        page = new Composite(scrolled, SWT.NONE);
        resources = new LocalResourceManager(JFaceResources.getResources(), page);
        GridLayoutFactory.swtDefaults().margins(24, 24).applyTo(page);
        var column = new Composite(page, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(2).spacing(14, 6).applyTo(column);
        GridDataFactory.swtDefaults().align(SWT.CENTER, SWT.CENTER).grab(true, true).applyTo(column);
        title(column);
        Path quickstart = Installation.quickstart();
        step(column, "run", "Run the quickstart",
                "Three architectures of equal size learn to pronounce English words: about six minutes on two cores. "
                + "Loss, quality and latency appear as they are found.", Settings.run(quickstart).toString(), () -> run(quickstart));
        step(column, "new", "New experiment…", "Choose task, models, backends and teacher; what it would take is shown before anything starts.",
                "encore new NAME", () ->
                execute("org.encore.workbench.newExperiment"));
        step(column, "open", "Open an experiment…", "An experiment is one YAML file. Those of Encore lie in examples.", "encore plan FILE", () ->
                execute("org.encore.workbench.openExperiment"));
        step(column, "run-perspective", "Look at runs",
                "Runs are folders of plain files. Those that were started in a terminal, or on another machine "
                + "with the same folder, appear too, live.", "encore runs", this::leave);
        step(column, "report", "Read how experiments are written",
                "docs/experiments.md names every entry; docs/measuring.md says how times are taken.",
                "encore explain", () -> Open.external(getIntroSite().getWorkbenchWindow(), Installation.home().resolve("docs/experiments.md")));
        scrolled.setContent(page);
        scrolled.setMinSize(page.computeSize(SWT.DEFAULT, SWT.DEFAULT));
        parent.setLayout(new FillLayout());
    }

    private void title(Composite column) {
        var logo = new Label(column, SWT.NONE);
        logo.setImage(resources.create(Icons.of("logo")));
        var title = new Label(column, SWT.NONE);
        title.setText("Encore");
        title.setFont(font(JFaceResources.getDefaultFontDescriptor().setHeight(LARGE).setStyle(SWT.BOLD)));
        new Label(column, SWT.NONE);
        var question = new Label(column, SWT.WRAP);
        question.setText("For this task, on this device, within this budget: which small language model, and what does it cost?");
        GridDataFactory.fillDefaults().grab(true, false).hint(WIDTH, SWT.DEFAULT).applyTo(question);
        GridDataFactory.fillDefaults().span(2, 1).hint(SWT.DEFAULT, 10).applyTo(new Label(column, SWT.NONE));
    }

    private void step(Composite column, String icon, String name, String about, String command, Runnable action) {
        var image = new Label(column, SWT.NONE);
        image.setImage(resources.create(Icons.of(icon)));
        GridDataFactory.swtDefaults().align(SWT.CENTER, SWT.CENTER).applyTo(image);
        var button = new Button(column, SWT.PUSH);
        button.setText(name);
        button.addListener(SWT.Selection, e -> action.run());
        GridDataFactory.swtDefaults().align(SWT.FILL, SWT.CENTER).grab(true, false).applyTo(button);
        new Label(column, SWT.NONE);
        var words = new Label(column, SWT.WRAP);
        words.setText(about);
        GridDataFactory.fillDefaults().grab(true, false).hint(WIDTH, SWT.DEFAULT).applyTo(words);
        new Label(column, SWT.NONE);
        var line = new Label(column, SWT.NONE);
        line.setText("$ " + command);
        line.setFont(JFaceResources.getTextFont());
        line.setEnabled(false);
        GridDataFactory.fillDefaults().hint(WIDTH, SWT.DEFAULT).applyTo(line);
        GridDataFactory.fillDefaults().span(2, 1).hint(SWT.DEFAULT, 8).applyTo(new Label(column, SWT.NONE));
    }

    private Font font(FontDescriptor descriptor) {
        return resources.create(descriptor);
    }

    private void run(Path experiment) {
        IWorkbenchWindow window = getIntroSite().getWorkbenchWindow();
        ChosenExperiment.choose(experiment.toString());
        leave();
        StartRun.chosen(window);
    }

    private void execute(String command) {
        IWorkbenchWindow window = getIntroSite().getWorkbenchWindow();
        leave();
        try {
            window.getService(IHandlerService.class).executeCommand(command, null);
        } catch (org.eclipse.core.commands.common.CommandException e) {
            StatusLine.say(window, e.getMessage());
        }
    }

    private void leave() {
        getIntroSite().getWorkbenchWindow().getWorkbench().getIntroManager().closeIntro(this);
    }

    @Override
    public void standbyStateChanged(boolean standby) {
        page.setEnabled(!standby);
    }

    @Override
    public void setFocus() {
        page.setFocus();
    }
}
