package org.encore.workbench.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.encore.workbench.tests.Workbench.page;
import static org.encore.workbench.tests.Workbench.ui;
import static org.encore.workbench.tests.Workbench.until;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableItem;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.handlers.IHandlerService;
import org.encore.workbench.design.ExperimentEditor;
import org.encore.workbench.run.RunPerspective;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An experiment is made from choices, and what it would take is shown before anything starts. */
class WizardTest {

    private static final String TITLE = "New experiment";

    @TempDir
    private Path folder;

    @BeforeEach
    void theWizardIsOpen() throws Exception {
        System.setProperty("encore.runs", folder.resolve("runs").toString());
        ui(() -> PlatformUI.getWorkbench().getWorkbenchWindows()[0].getService(IHandlerService.class)
                .executeCommand("org.encore.workbench.newExperiment", null));
        until("it is open", () -> Workbench.dialog(TITLE) != null);
        set("Name", "made");
        set("Folder", folder.toString());
    }

    @AfterEach
    void close() throws Exception {
        ui(() -> {
            if (Workbench.dialog(TITLE) != null) {
                Workbench.dialog(TITLE).close();
            }
            page().closeAllEditors(false);
            return PlatformUI.getWorkbench().showPerspective(RunPerspective.ID, PlatformUI.getWorkbench().getWorkbenchWindows()[0]);
        });
    }

    private static Shell wizard() {
        return Workbench.dialog(TITLE);
    }

    /** All controls that are on the page that is shown. */
    private static List<Control> shown(Composite parent) {
        var all = new ArrayList<Control>();
        for (Control child : parent.getChildren()) {
            if (child.isVisible()) {
                all.add(child);
                if (child instanceof Composite inside) {
                    all.addAll(shown(inside));
                }
            }
        }
        return all;
    }

    private static <T extends Control> Stream<T> shown(Class<T> type) {
        return shown(wizard()).stream().filter(type::isInstance).map(type::cast);
    }

    /** Writes into the field behind a label. */
    private static void set(String label, String value) throws Exception {
        until("field " + label, () -> shown(Label.class).anyMatch(l -> l.getText().startsWith(label)));
        ui(() -> {
            List<Control> all = shown(wizard());
            int at = 0;
            while (!(all.get(at) instanceof Label l && l.getText().startsWith(label))) {
                at++;
            }
            while (!(all.get(at) instanceof Text)) {
                at++;
            }
            ((Text) all.get(at)).setText(value);
            return null;
        });
    }

    private static void push(String text) throws Exception {
        until("'" + text + "' can be pushed", () -> shown(Button.class).anyMatch(b -> b.getText().replace("&", "").startsWith(text)
                && b.isEnabled()));
        Workbench.later(() -> {
            shown(Button.class).filter(b -> b.getText().replace("&", "").startsWith(text)).findFirst().orElseThrow().notifyListeners(SWT.Selection,
                    new Event());
            return null;
        });
    }

    private static String words() {
        return String.join("\n", shown(Text.class).map(Text::getText).toList()) + "\n" + String.join("\n", shown(Label.class).map(Label::getText)
                .toList());
    }

    private static List<List<String>> rows(Table table) {
        var rows = new ArrayList<List<String>>();
        for (TableItem item : table.getItems()) {
            rows.add(Stream.iterate(0, i -> i + 1).limit(table.getColumnCount()).map(item::getText).toList());
        }
        return rows;
    }

    private static void models() throws Exception {
        push("Next");
        until("architectures are offered", () -> shown(Button.class).anyMatch(b -> b.getText().equals("encoder-decoder")));
    }

    @Test
    void choicesBecomeAFileWhoseCostIsShownBefore() throws Exception {
        models();
        Workbench.screenshotOfAll("wizard-models.png");
        assertThat(ui(() -> shown(Button.class).filter(Button::getSelection).map(Button::getText).toList())).containsExactly("decoder-only",
                "encoder-decoder",
                "ort-cpu");
        push("Next");
        set("Tokens of training", "200k");
        set("Most hours", "2");
        until("the time is estimated", () -> words().contains("on this machine (modelled") && words().contains("within the budget of 2.0 h"));
        List<Table> tables = ui(() -> shown(Table.class).toList());
        assertThat(ui(() -> rows(tables.get(0)))).as("the receipt").hasSize(2).allSatisfy(row -> assertThat(row.getLast())
                .startsWith("parameters 600,000 ("));
        assertThat(ui(() -> rows(tables.get(1)).stream().map(List::getFirst).toList())).containsExactly("data", "tokenizer", "train", "export",
                "evaluate",
                "benchmark", "compare", "report");
        Workbench.screenshotOfAll("wizard-outlook.png");
        push("Finish");
        until("its file is open", () -> page().getActiveEditor() instanceof ExperimentEditor editor && editor.summary()
                .startsWith("Fine: 2 models of 2 variants"));
        assertThat(Files.readString(folder.resolve("made.yaml"))).contains("name: made\n", "tokens: 200k", "budget: {hours: 2}", "  backend: ort-cpu",
                "decoder-only: {decoder-only: {preset: ");
        assertThat(folder.resolve("runs")).as("nothing was started").doesNotExist();
    }

    @Test
    void aTeacherIsTrainedFirstAndAllLearnFromIt() throws Exception {
        models();
        ui(() -> {
            Combo teacher = shown(Combo.class).filter(combo -> combo.getText().startsWith("nobody")).findFirst().orElseThrow();
            teacher.setText("decoder-only");
            teacher.notifyListeners(SWT.Selection, new Event());
            return null;
        });
        push("Next");
        set("Tokens of training", "200k");
        until("the stages of distillation are counted", () -> shown(Table.class).toList().size() == 2 && rows(shown(Table.class).toList().get(1))
                .stream()
                .map(List::getFirst).toList().containsAll(List.of("teacher", "teacher-cache", "distil", "agreement")));
        push("Finish");
        until("it is a valid experiment", () -> page().getActiveEditor() instanceof ExperimentEditor editor && editor.summary().startsWith("Fine: "));
    }

    @Test
    void whatDoesNotGoIsSaidAtOnce() throws Exception {
        set("Name", "a/b");
        until("the name is refused", () -> words().contains("The name becomes that of a file"));
        set("Name", "made");
        Files.writeString(folder.resolve("made.yaml"), "name: mine\n");
        models();
        set("Parameters", "many");
        until("the number is refused", () -> words().contains("'many' is no number of parameters"));
        set("Parameters", "0.6M");
        push("Next");
        set("Tokens of training", "lots");
        until("the tokens are refused, as the command refuses them", () -> words().contains("lots"));
        set("Tokens of training", "200k");
        until("it is estimated", () -> words().contains("on this machine (modelled"));
        push("Finish");
        until("a file that is there is not overwritten", () -> words().contains("is there already; choose another name"));
        assertThat(Files.readString(folder.resolve("made.yaml"))).isEqualTo("name: mine\n");
    }
}
