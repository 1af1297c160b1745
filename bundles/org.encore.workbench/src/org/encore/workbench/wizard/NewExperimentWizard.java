package org.encore.workbench.wizard;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.eclipse.jface.wizard.IWizardPage;
import org.eclipse.jface.wizard.Wizard;
import org.eclipse.jface.wizard.WizardPage;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.WorkbenchException;
import org.encore.experiment.NewExperiment;
import org.encore.workbench.Installation;
import org.encore.workbench.design.DesignPerspective;
import org.encore.workbench.design.Editors;
import org.encore.workbench.part.StatusLine;
import org.encore.workbench.run.ChosenExperiment;

/** Asks for task, models, backends, teacher and budget, shows what that amounts to, writes the file and opens it. It starts nothing. */
final class NewExperimentWizard extends Wizard {

    private final IWorkbenchWindow window;
    private final Installed installed;
    private final TaskPage task;
    private final ModelsPage models;
    private final OutlookPage outlook;

    NewExperimentWizard(IWorkbenchWindow window, Installed installed) {
        this.window = window;
        this.installed = installed;
        task = new TaskPage(installed);
        models = new ModelsPage(installed);
        outlook = new OutlookPage(this::experiment, installed.registry());
        setWindowTitle("New experiment");
        setNeedsProgressMonitor(true);
    }

    @Override
    public void addPages() {
        addPage(task);
        addPage(models);
        addPage(outlook);
    }

    private NewExperiment experiment() {
        return new NewExperiment(task.name(), task.task(), models.variants(), models.parameters(), outlook.tokens(), outlook.seeds(), outlook.hours(),
                models.backends(), models.teacher());
    }

    @Override
    public boolean performFinish() {
        Path file = task.file();
        try {
            String text = experiment().text(installed.registry());
            getContainer().run(true, false, monitor -> {
                try {
                    Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
                } catch (IOException e) {
                    throw new InvocationTargetException(e);
                }
            });
        } catch (InvocationTargetException e) {
            return refuse(e.getCause() instanceof FileAlreadyExistsException ? file + " is there already; choose another name" : file
                    + " cannot be written: "
                    + e.getCause().getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (IllegalArgumentException e) {
            return refuse(e.getMessage());
        }
        ChosenExperiment.choose(Installation.shown(file).toString());
        try {
            window.getWorkbench().getIntroManager().closeIntro(window.getWorkbench().getIntroManager().getIntro());
            Editors.open(window.getWorkbench().showPerspective(DesignPerspective.ID, window), file);
        } catch (WorkbenchException e) {
            StatusLine.say(window, e.getMessage());
        }
        return true;
    }

    private boolean refuse(String why) {
        IWizardPage page = getContainer().getCurrentPage();
        if (page instanceof WizardPage shown) {
            shown.setErrorMessage(why);
        }
        return false;
    }
}
