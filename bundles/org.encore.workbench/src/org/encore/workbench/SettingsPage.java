package org.encore.workbench;

import java.util.Arrays;
import java.util.Locale;

import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.jface.preference.BooleanFieldEditor;
import org.eclipse.jface.preference.ComboFieldEditor;
import org.eclipse.jface.preference.DirectoryFieldEditor;
import org.eclipse.jface.preference.FieldEditorPreferencePage;
import org.eclipse.jface.preference.IntegerFieldEditor;
import org.eclipse.jface.preference.PathEditor;
import org.eclipse.swt.SWT;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.IWorkbenchPreferencePage;
import org.eclipse.ui.PlatformUI;
import org.encore.workbench.part.Appearance;

/** What holds for every run that is started from the window. */
public final class SettingsPage extends FieldEditorPreferencePage implements IWorkbenchPreferencePage {

    public static final String ID = "org.encore.workbench.settings";

    /** Title of the question. */
    public static final String RESTART = "Restart the window?";

    private static final int MOST_THREADS = 1024;
    private static final int MOST_MEGABYTES = 1 << 22;

    public SettingsPage() {
        super(GRID);
        setPreferenceStore(Settings.store());
        setDescription("What holds for every run that is started from this window. The command that a run equals shows it.");
    }

    @Override
    protected void createFieldEditors() {
        addField(new DirectoryFieldEditor(Settings.RUNS, "Folder of &runs (empty: ./runs):", getFieldEditorParent()));
        addField(new PathEditor(Settings.DATA, "Folders of &data sets:", "Choose a folder with data sets", getFieldEditorParent()));
        addField(number(Settings.THREADS, "&Threads of one model (0: one for each core):", MOST_THREADS));
        addField(number(Settings.MEMORY, "&Memory of each process, MB (0: a quarter of the machine's):", MOST_MEGABYTES));
        addField(new BooleanFieldEditor(Settings.NOTIFY, "&Notify me when a run ends while the window is not in front", getFieldEditorParent()));
        addField(new ComboFieldEditor(Settings.THEME, "&Appearance:", Arrays.stream(Appearance.Choice.values())
                .map(choice -> new String[] {words(choice), choice.name()}).toArray(String[][]::new), getFieldEditorParent()));
    }

    private IntegerFieldEditor number(String name, String label, int most) {
        var editor = new IntegerFieldEditor(name, label, getFieldEditorParent());
        editor.setValidRange(0, most);
        editor.setErrorMessage("Give a whole number from 0 to " + most + ".");
        return editor;
    }

    private static String words(Appearance.Choice choice) {
        return switch (choice) {
            case SYSTEM -> "as the system";
            case LIGHT, DARK -> choice.name().toLowerCase(Locale.ROOT);
        };
    }

    @Override
    public void init(IWorkbench workbench) {
        // nothing is needed of it
    }

    @Override
    public boolean performOk() {
        boolean stored = super.performOk();
        boolean wasDark = Appearance.isDark();
        Appearance.apply(Settings.theme());
        if (wasDark && !Appearance.isDark()) {
            offerRestart();
        }
        return stored;
    }

    /** The platform's dark theme gives controls colours that its light theme does not take back. */
    private void offerRestart() {
        boolean now = MessageDialog.open(MessageDialog.QUESTION, getShell(), RESTART,
                "The window is light now, but texts and dialogs keep colours of the dark until it is restarted. "
                + "It opens again as it is; runs go on.", SWT.NONE, "Restart now", "Later") == 0;
        if (now) {
            // after the dialog of the settings has closed
            getShell().getDisplay().asyncExec(() -> PlatformUI.getWorkbench().restart());
        }
    }
}
