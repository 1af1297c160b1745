package org.encore.workbench.compare;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.viewers.TableViewer;
import org.eclipse.jface.viewers.Viewer;
import org.eclipse.jface.viewers.ViewerFilter;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.FillLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Text;
import org.encore.experiment.result.RunResults;
import org.encore.report.table.Names;
import org.encore.workbench.part.EmptyState;
import org.encore.workbench.part.Heading;
import org.encore.workbench.part.Later;
import org.encore.workbench.part.Tables;

/** Where two variants write different things: source, reference, both outputs, and which is right. */
public final class ExamplesView extends ComparedTable {

    public static final String ID = "org.encore.workbench.examples";

    private EmptyState state;
    private Composite content;
    private Text filter;

    @Override
    public void createPartControl(Composite parent) {
        parent.setLayout(new FillLayout());
        state = new EmptyState(parent, "Choose two variants in the table: examples on which they differ stand here.");
        content = new Composite(state, SWT.NONE);
        GridLayoutFactory.fillDefaults().spacing(0, 2).applyTo(content);
        filter = new Text(content, SWT.SEARCH | SWT.ICON_SEARCH | SWT.ICON_CANCEL);
        filter.setMessage("Only examples with this word");
        filter.addModifyListener(e -> viewer().refresh());
        GridDataFactory.fillDefaults().grab(true, false).applyTo(filter);
        TableViewer viewer = Tables.create(content);
        Tables.column(viewer, "source", 3, Predictions.Difference.class, of -> Names.safe(of.source()));
        Tables.column(viewer, "reference", 3, Predictions.Difference.class, of -> Names.safe(of.reference()));
        Tables.column(viewer, "the first", 3, Predictions.Difference.class, of -> mark(of.firstRight()) + Names.safe(of.first()));
        Tables.column(viewer, "the second", 3, Predictions.Difference.class, of -> mark(of.secondRight()) + Names.safe(of.second()));
        Tables.column(viewer, "verdict", 3, Predictions.Difference.class, Predictions.Difference::better);
        viewer.addFilter(new ViewerFilter() {
            @Override
            public boolean select(Viewer ofExamples, Object parentElement, Object element) {
                var of = (Predictions.Difference) element;
                return (of.source() + " " + of.reference() + " " + of.first() + " " + of.second() + " " + of.better()).toLowerCase(Locale.ROOT)
                        .contains(filter.getText().strip().toLowerCase(Locale.ROOT));
            }
        });
        GridDataFactory.fillDefaults().grab(true, true).applyTo(Tables.area(viewer));
        follow(viewer);
    }

    private static String mark(boolean right) {
        return right ? "✓ " : "✗ ";
    }

    @Override
    void read(Compared compared) {
        List<Result> two = compared.chosen();
        if (two.size() < 2) {
            return;
        }
        Result first = two.get(0);
        Result second = two.get(1);
        try {
            List<Predictions.Difference> differences = Predictions.differences(run(compared, first), first.variant(), run(compared, second),
                    second.variant());
            Later.on(state, () -> show(first, second, differences));
        } catch (IOException e) {
            Later.on(state, () -> {
                state.say(String.valueOf(e.getMessage()));
                state.show(content, () -> false);
            });
        }
    }

    private static RunResults run(Compared compared, Result result) {
        return compared.runs().stream().filter(run -> run.folder().path().equals(result.run())).findFirst().orElseThrow();
    }

    private void show(Result first, Result second, List<Predictions.Difference> differences) {
        boolean one = first.run().equals(second.run());
        viewer().getTable().getColumn(2).setText(one ? first.variant() : first.runName() + ", " + first.variant());
        viewer().getTable().getColumn(3).setText(one ? second.variant() : second.runName() + ", " + second.variant());
        viewer().setInput(differences);
        long firstOnly = differences.stream().filter(of -> of.firstRight() && !of.secondRight()).count();
        long secondOnly = differences.stream().filter(of -> of.secondRight() && !of.firstRight()).count();
        String those = differences.size() < Predictions.MOST ? "%,d differ" : "the first %,d that differ";
        setContentDescription(Heading.of(String.format(Locale.ROOT, those + ": only %s is right on %,d, only %s on %,d",
                differences.size(), first.variant(), firstOnly, second.variant(), secondOnly)));
        state.say("No example on which " + first.variant() + " and " + second.variant() + " differ was found.");
        state.show(content, () -> !differences.isEmpty());
    }
}
