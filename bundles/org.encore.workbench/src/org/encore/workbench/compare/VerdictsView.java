package org.encore.workbench.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.viewers.TableViewer;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.FillLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Text;
import org.encore.compare.Contrast;
import org.encore.compare.finding.Finding;
import org.encore.report.table.Names;
import org.encore.workbench.part.EmptyState;
import org.encore.workbench.part.Later;
import org.encore.workbench.part.Tables;

/** What may be said of what is chosen, in the words of {@code encore compare}: the question first, then what to know before one believes it. */
public final class VerdictsView extends ComparedTable {

    public static final String ID = "org.encore.workbench.verdicts";

    private static final int KIND_SHARE = 2;
    private static final int WORDS_SHARE = 12;
    private static final int WHOLE_HEIGHT = 54;

    private EmptyState state;
    private Composite content;

    private record Line(String kind, String words) {}

    @Override
    public void createPartControl(Composite parent) {
        parent.setLayout(new FillLayout());
        state = new EmptyState(parent, "Choose runs or variants in the table: what may be said of them stands here, in words.");
        content = new Composite(state, SWT.NONE);
        GridLayoutFactory.fillDefaults().spacing(0, 2).applyTo(content);
        TableViewer viewer = Tables.create(content);
        Tables.column(viewer, "verdict", KIND_SHARE, Line.class, Line::kind);
        Tables.column(viewer, "in words", WORDS_SHARE, Line.class, Line::words);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(Tables.area(viewer));
        var whole = new Text(content, SWT.MULTI | SWT.WRAP | SWT.READ_ONLY | SWT.V_SCROLL);
        whole.setMessage("The whole sentence of the line that is chosen");
        GridDataFactory.fillDefaults().grab(true, false).hint(SWT.DEFAULT, WHOLE_HEIGHT).applyTo(whole);
        viewer.addSelectionChangedListener(e -> whole.setText(viewer.getStructuredSelection().getFirstElement() instanceof Line line ? line.words()
                : ""));
        follow(viewer);
    }

    @Override
    void read(Compared compared) {
        Later.on(viewer().getTable(), () -> show(compared));
    }

    private void show(Compared compared) {
        var lines = new ArrayList<Line>();
        compared.comparison().contrasts().forEach(contrast -> lines.add(new Line((contrast.primary() ? "the question: " : "") + word(contrast),
                Names.safe(contrast.words()))));
        for (Finding finding : compared.comparison().findings()) {
            lines.add(new Line(finding.severity().name().toLowerCase(Locale.ROOT), Names.safe(finding.summary() + ". " + finding.remedy())));
        }
        viewer().setInput(List.copyOf(lines));
        viewer().getTable().deselectAll();
        state.say("Nothing can be said yet of what is chosen: it has not been evaluated or measured.");
        state.show(content, () -> !lines.isEmpty());
    }

    private static String word(Contrast contrast) {
        return contrast.verdict().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
