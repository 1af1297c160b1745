package org.encore.workbench.chart;

import java.nio.file.Path;

import org.eclipse.swt.widgets.DirectoryDialog;
import org.eclipse.ui.IWorkbenchWindow;
import org.encore.report.chart.Figure;
import org.encore.workbench.part.Export;
import org.encore.workbench.part.StatusLine;
import org.jspecify.annotations.Nullable;

/** Writes a figure as files: on white, whatever the window looks like. */
public final class ChartExport {

    private ChartExport() {}

    /** Asks for a folder. */
    public static void of(IWorkbenchWindow window, @Nullable Figure figure) {
        if (figure == null) {
            StatusLine.say(window, "There is nothing to export yet.");
            return;
        }
        var dialog = new DirectoryDialog(window.getShell());
        dialog.setText("Export chart");
        dialog.setMessage("A folder for " + figure.name() + ".svg, .png and .csv");
        String chosen = dialog.open();
        if (chosen != null) {
            write(window, figure, Path.of(chosen));
        }
    }

    /** Writes the three files beside the user interface's thread, and says so. */
    public static void write(IWorkbenchWindow window, Figure figure, Path folder) {
        Export.begin(figure.name(), folder.resolve(figure.name()) + ".svg, .png, .csv", () -> figure.write(folder), window.getShell(),
                text -> StatusLine.say(window, text));
    }
}
