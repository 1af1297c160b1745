package org.encore.workbench.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.encore.workbench.tests.Workbench.page;
import static org.encore.workbench.tests.Workbench.push;
import static org.encore.workbench.tests.Workbench.screenshot;
import static org.encore.workbench.tests.Workbench.shell;
import static org.encore.workbench.tests.Workbench.ui;
import static org.encore.workbench.tests.Workbench.until;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StyleRange;
import org.eclipse.swt.custom.StyledText;
import org.eclipse.ui.PlatformUI;
import org.encore.workbench.design.DesignPerspective;
import org.encore.workbench.design.Editors;
import org.encore.workbench.design.ExperimentEditor;
import org.encore.workbench.run.RunPerspective;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An experiment is written in the window, with what the bundles that are there contribute. */
class EditorTest {

    private static final String TEXT = """
            # which of two is better?
            name: mine
            task: files
            variants:
              small: {nothing-like-it: {}}
            seeds: [1, 2]
            benchmak: {repeats: 10}   # to be mended
            """;

    @TempDir
    private Path folder;
    private Path file;
    private ExperimentEditor editor;

    @BeforeEach
    void anExperimentIsOpen() throws Exception {
        file = Files.writeString(folder.resolve("mine.yaml"), TEXT);
        ui(() -> {
            shell().setBounds(0, 0, 1280, 800);
            PlatformUI.getWorkbench().showPerspective(DesignPerspective.ID, PlatformUI.getWorkbench().getWorkbenchWindows()[0]);
            Editors.open(page(), file);
            return null;
        });
        editor = ui(() -> (ExperimentEditor) page().getActiveEditor());
        until("it was read and checked", () -> text().getText().equals(TEXT) && !editor.summary().isEmpty() && !editor.offered(0).isEmpty());
    }

    @AfterEach
    void close() throws Exception {
        ui(() -> {
            page().closeAllEditors(false);
            PlatformUI.getWorkbench().showPerspective(RunPerspective.ID, PlatformUI.getWorkbench().getWorkbenchWindows()[0]);
            return null;
        });
    }

    private StyledText text() {
        return editor.viewer().getTextWidget();
    }

    private static String problems(ExperimentEditor of) {
        return String.join("\n", Stream.of(of.problems().getTable().getItems()).map(item -> item.getText(0) + " " + item.getText(1)).toList());
    }

    private void write(String what, int at, int instead) throws Exception {
        ui(() -> {
            text().replaceTextRange(at, instead, what);
            return null;
        });
    }

    @Test
    void whatIsWrongIsSaidAsTheCommandSaysItAndANearNameIsMended() throws Exception {
        until("the entry is told", () -> problems(editor).contains("7 ") && problems(editor).contains("Did you mean 'benchmark'?"));
        screenshot("editor.png");
        ui(() -> {
            text().setCaretOffset(TEXT.indexOf("benchmak"));
            return null;
        });
        push("Mend (Ctrl+1)");
        until("the name is mended", () -> text().getText().contains("\nbenchmark: {repeats: 10}   # to be mended\n"));
        until("that problem is gone", () -> !problems(editor).contains("benchmak"));
        assertThat(ui(() -> editor.isDirty())).isTrue();
        assertThat(Files.readString(file)).as("not saved yet").isEqualTo(TEXT);
    }

    @Test
    void namesAndValuesAreCompletedFromTheOptionsThatAreThere() throws Exception {
        assertThat(ui(() -> editor.offered(0))).contains("name", "task", "variants", "seeds", "resources", "match");
        write("resources: {thr}\n", 0, 0);
        assertThat(ui(() -> editor.offered("resources: {thr".length()))).containsExactly("threads");
        write("resources:\n  wor\n", 0, "resources: {thr}\n".length());
        assertThat(ui(() -> editor.offered("resources:\n  wor".length()))).containsExactly("workers");
    }

    @Test
    void whatAnOptionMeansIsShownWhereItStands() throws Exception {
        assertThat(ui(() -> editor.meaning(TEXT.indexOf("seeds") + 2))).hasValueSatisfying(help -> assertThat(help)
                .contains("trained once with each seed")
                .contains("default [1]"));
        assertThat(ui(() -> editor.meaning(0))).as("a comment").isEmpty();
    }

    @Test
    void namesCommentsAndNumbersLookDifferent() throws Exception {
        StyleRange comment = ui(() -> text().getStyleRangeAtOffset(3));
        StyleRange name = ui(() -> text().getStyleRangeAtOffset(TEXT.indexOf("seeds")));
        StyleRange number = ui(() -> text().getStyleRangeAtOffset(TEXT.indexOf("[1, 2]") + 1));
        assertThat(comment.fontStyle & SWT.ITALIC).isNotZero();
        assertThat(name.fontStyle & SWT.BOLD).isNotZero();
        assertThat(number.foreground).isNotEqualTo(name.foreground);
    }

    @Test
    void anExperimentThatIsFineIsSaidToBe() throws Exception {
        ui(() -> {
            Editors.open(page(), Path.of(System.getProperty("encore.root"), "examples/quickstart.yaml"));
            return null;
        });
        ExperimentEditor other = ui(() -> (ExperimentEditor) page().getActiveEditor());
        until("it says how many models it is", () -> other.summary().startsWith("Fine: 3 models of 3 variants, stages data, tokenizer, train"));
    }

    @Test
    void whatIsSavedIsWhatWasWritten() throws Exception {
        write("# mine\n", 0, 0);
        until("it is marked as changed", () -> editor.isDirty());
        ui(() -> {
            page().saveEditor(editor, false);
            return null;
        });
        until("it is saved", () -> !editor.isDirty());
        assertThat(Files.readString(file)).isEqualTo("# mine\n" + TEXT);
    }

    @Test
    void aFileThatCannotBeReadIsSaid() throws Exception {
        Path missing = file.resolveSibling("missing.yaml");
        ui(() -> {
            Editors.open(page(), missing);
            return null;
        });
        ExperimentEditor other = ui(() -> (ExperimentEditor) page().getActiveEditor());
        until("it says so", () -> other.summary().startsWith(missing + " cannot be read"));
        assertThat(ui(() -> other.isDirty())).isFalse();
    }
}
