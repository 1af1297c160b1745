package org.encore.workbench.run;

import java.util.Locale;
import java.util.stream.Collectors;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.part.ViewPart;
import org.encore.workbench.part.Later;

/** What the process started here prints, all of it or the lines that hold a word. */
public final class LogView extends ViewPart {

    public static final String ID = "org.encore.workbench.log";

    private static final int MOST_CHARACTERS = 400_000;

    private final Launches.Listener listener = new Launches.Listener() {
        @Override
        public void printed(String line) {
            Later.on(text, () -> append(line));
        }

        @Override
        public void changed() {
            // the process says itself that it has ended
        }
    };
    private Text filter;
    private Text text;

    @Override
    public void createPartControl(Composite parent) {
        GridLayoutFactory.fillDefaults().spacing(0, 2).applyTo(parent);
        filter = new Text(parent, SWT.SEARCH | SWT.ICON_SEARCH | SWT.ICON_CANCEL);
        filter.setMessage("Only lines with this word");
        filter.addModifyListener(e -> fill());
        GridDataFactory.fillDefaults().grab(true, false).applyTo(filter);
        text = new Text(parent, SWT.MULTI | SWT.READ_ONLY | SWT.V_SCROLL | SWT.H_SCROLL);
        text.setFont(JFaceResources.getTextFont());
        text.setMessage("What a run started here prints appears here.");
        GridDataFactory.fillDefaults().grab(true, true).applyTo(text);
        fill();
        Launches.ofWorkbench().add(listener);
    }

    private boolean passes(String line) {
        return line.toLowerCase(Locale.ROOT).contains(filter.getText().strip().toLowerCase(Locale.ROOT));
    }

    private void fill() {
        text.setText(Launches.ofWorkbench().lines().stream().filter(this::passes).map(line -> line + "\n").collect(Collectors.joining()));
        text.setSelection(text.getCharCount());
    }

    private void append(String line) {
        if (!passes(line)) {
            return;
        }
        if (text.getCharCount() > MOST_CHARACTERS) {
            fill();
        } else {
            text.append(line + "\n");
        }
    }

    @Override
    public void setFocus() {
        text.setFocus();
    }

    @Override
    public void dispose() {
        Launches.ofWorkbench().remove(listener);
        super.dispose();
    }

    /** What is shown. */
    public String content() {
        return text.getText();
    }

    /** Where the word is typed. */
    public Text filter() {
        return filter;
    }
}
