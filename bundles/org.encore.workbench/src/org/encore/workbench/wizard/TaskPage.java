package org.encore.workbench.wizard;

import java.nio.file.Path;
import java.util.Optional;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.jface.viewers.TableViewer;
import org.eclipse.jface.wizard.WizardPage;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.DirectoryDialog;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;
import org.encore.workbench.part.Tables;
import org.jspecify.annotations.Nullable;

/** Name, folder and task. */
final class TaskPage extends WizardPage {

    private static final int ROWS = 260;

    private final Installed installed;
    private Text name;
    private Text folder;
    private TableViewer tasks;

    TaskPage(Installed installed) {
        super("task", "What is learnt?", null);
        this.installed = installed;
        setDescription("An experiment is one file: its name, and the task that all its models learn.");
    }

    @Override
    public void createControl(Composite parent) {
        var area = new Composite(parent, SWT.NONE);
        GridLayoutFactory.swtDefaults().numColumns(3).margins(10, 10).applyTo(area);
        new Label(area, SWT.NONE).setText("Name");
        name = new Text(area, SWT.BORDER);
        name.setText("my-experiment");
        GridDataFactory.fillDefaults().grab(true, false).span(2, 1).applyTo(name);
        new Label(area, SWT.NONE).setText("Folder");
        folder = new Text(area, SWT.BORDER);
        folder.setText(Path.of("").toAbsolutePath().toString());
        GridDataFactory.fillDefaults().grab(true, false).applyTo(folder);
        var browse = new Button(area, SWT.PUSH);
        browse.setText("Browse…");
        browse.addListener(SWT.Selection, event -> {
            var dialog = new DirectoryDialog(getShell());
            dialog.setFilterPath(folder.getText());
            Optional.ofNullable((@Nullable String) dialog.open()).ifPresent(folder::setText);
        });
        var title = new Label(area, SWT.NONE);
        title.setText("Task");
        GridDataFactory.fillDefaults().indent(0, 4).align(SWT.FILL, SWT.BEGINNING).applyTo(title);
        tasks = Tables.create(area);
        Tables.column(tasks, "task", 3, Installed.Item.class, Installed.Item::id);
        Tables.column(tasks, "what it is", 8, Installed.Item.class, item -> item.description().isEmpty() ? item.name() : item.description());
        GridDataFactory.fillDefaults().grab(true, true).span(2, 1).hint(SWT.DEFAULT, ROWS).applyTo(Tables.area(tasks));
        tasks.setInput(installed.tasks());
        installed.tasks().stream().findFirst().ifPresent(first -> tasks.setSelection(new StructuredSelection(first)));
        name.addListener(SWT.Modify, event -> check());
        folder.addListener(SWT.Modify, event -> check());
        tasks.addSelectionChangedListener(event -> check());
        tasks.addOpenListener(event -> getContainer().showPage(getNextPage()));
        setControl(area);
        check();
    }

    private void check() {
        String wrong = !name().matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
                ? "The name becomes that of a file: give letters, digits, dots, hyphens and underscores."
                : folder.getText().isBlank() ? "Choose a folder." : task().isEmpty() ? "Choose a task." : null;
        setErrorMessage(wrong);
        setPageComplete(wrong == null);
    }

    String name() {
        return name.getText().strip();
    }

    String task() {
        var chosen = (Installed.@Nullable Item) tasks.getStructuredSelection().getFirstElement();
        return chosen == null ? "" : chosen.id();
    }

    Path file() {
        return Path.of(folder.getText().strip()).toAbsolutePath().resolve(name() + ".yaml");
    }
}
