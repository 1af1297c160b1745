package org.encore.workbench.device;

import java.util.Optional;

import org.eclipse.jface.action.IToolBarManager;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.viewers.TableViewer;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.FillLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.part.ViewPart;
import org.encore.workbench.part.Commanded;
import org.encore.workbench.part.EmptyState;
import org.encore.workbench.part.Later;
import org.encore.workbench.part.ShellLine;
import org.encore.workbench.part.Tables;
import org.encore.workbench.part.ToolAction;
import org.jspecify.annotations.Nullable;

/** What can compute here, each tried; what is missing with reason and remedy; what the machine reaches. */
public final class DevicesView extends ViewPart implements Commanded {

    public static final String ID = "org.encore.workbench.devices";

    private static final int LINES = 54;

    private final ThisMachine.Listener listener = new ThisMachine.Listener() {
        @Override
        public void found(Devices devices) {
            Later.on(state, () -> show(devices));
        }

        @Override
        public void nothing(String why) {
            Later.on(state, () -> {
                state.say(why);
                words.setText(why);
            });
        }
    };
    private EmptyState state;
    private Composite content;
    private TableViewer viewer;
    private Text words;

    @Override
    public void createPartControl(Composite parent) {
        parent.setLayout(new FillLayout());
        state = new EmptyState(parent, "Looking at this machine…");
        content = new Composite(state, SWT.NONE);
        GridLayoutFactory.fillDefaults().spacing(0, 2).applyTo(content);
        viewer = Tables.create(content);
        Tables.column(viewer, "what", 5, Devices.Row.class, Devices.Row::kind);
        Tables.column(viewer, "name", 9, Devices.Row.class, Devices.Row::name);
        Tables.column(viewer, "here", 3, Devices.Row.class, row -> row.here() ? "✓" : "✗ no");
        Tables.column(viewer, "what it is, or why it is not here and what to do", 24, Devices.Row.class, Devices.Row::words);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(Tables.area(viewer));
        words = new Text(content, SWT.READ_ONLY | SWT.WRAP | SWT.V_SCROLL);
        words.setMessage("Choose a line to read all of it");
        GridDataFactory.fillDefaults().grab(true, false).hint(SWT.DEFAULT, LINES).applyTo(words);
        viewer.addSelectionChangedListener(event -> {
            var row = (Devices.@Nullable Row) viewer.getStructuredSelection().getFirstElement();
            words.setText(row == null ? "" : row.name() + ": " + row.words());
        });
        getSite().setSelectionProvider(viewer);
        IToolBarManager bar = getViewSite().getActionBars().getToolBarManager();
        bar.add(new ToolAction("Look again", "follow", ThisMachine.HERE::again));
        bar.add(new ToolAction("Measure this machine's limits anew: some ten seconds, best on a quiet machine", "speed", ThisMachine.HERE::measure));
        ThisMachine.HERE.add(listener);
    }

    private void show(Devices devices) {
        viewer.setInput(devices.rows());
        state.show(content, () -> true);
    }

    @Override
    public Optional<ShellLine> command() {
        return Optional.of(ShellLine.of("devices"));
    }

    @Override
    public void setFocus() {
        viewer.getControl().setFocus();
    }

    @Override
    public void dispose() {
        ThisMachine.HERE.remove(listener);
        super.dispose();
    }

    /** The table. */
    public TableViewer viewer() {
        return viewer;
    }

    /** What is said while nothing is known, or of the chosen line. */
    public String said() {
        return state.said().isEmpty() ? words.getText() : state.said();
    }
}
