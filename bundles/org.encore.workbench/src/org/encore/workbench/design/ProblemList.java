package org.encore.workbench.design;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.viewers.TableViewer;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.encore.workbench.part.PushButton;
import org.encore.workbench.part.Tables;

/** What is wrong with an experiment, under all its pages; what is near a valid name can be mended. */
final class ProblemList {

    private final Label summary;
    private final Button mend;
    private final TableViewer viewer;
    private List<Finding> findings = List.of();

    /** @param reveal shows where a finding is; @param mending puts the near name in */
    ProblemList(Composite parent, Consumer<Finding> reveal, Consumer<Finding> mending) {
        var area = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(2).spacing(4, 2).applyTo(area);
        summary = new Label(area, SWT.NONE);
        GridDataFactory.fillDefaults().grab(true, false).align(SWT.FILL, SWT.CENTER).indent(6, 0).applyTo(summary);
        mend = PushButton.of(area, "Mend (Ctrl+1)", () -> chosen().ifPresent(mending));
        viewer = Tables.create(area);
        Tables.column(viewer, "line", 1, Finding.class, finding -> finding.line() == 0 ? "" : Integer.toString(finding.line()));
        Tables.column(viewer, "what is wrong", 14, Finding.class, Finding::message);
        viewer.addSelectionChangedListener(e -> offer());
        viewer.addDoubleClickListener(e -> chosen().ifPresent(reveal));
        GridDataFactory.fillDefaults().grab(true, true).span(2, 1).applyTo(Tables.area(viewer));
        mend.setEnabled(false);
    }

    /** The selected one; the first that can be mended if none is. */
    Optional<Finding> chosen() {
        return Optional.ofNullable((Finding) viewer.getStructuredSelection().getFirstElement())
                .or(() -> findings.stream().filter(finding -> finding.meant().isPresent()).findFirst());
    }

    void show(Finding.Check check) {
        findings = check.findings();
        viewer.setInput(findings);
        viewer.getTable().deselectAll();
        summary.setText(findings.isEmpty() ? "Fine: " + check.summary() + "." : findings.size() == 1 ? "1 problem" : findings.size() + " problems");
        offer();
    }

    private void offer() {
        mend.setEnabled(chosen().filter(finding -> finding.meant().isPresent()).isPresent());
    }

    /** Says something else of the whole. */
    void say(String text) {
        summary.setText(text);
    }

    String summary() {
        return summary.getText();
    }

    TableViewer viewer() {
        return viewer;
    }
}
