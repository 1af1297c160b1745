package org.encore.workbench.pipeline;

import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.swt.SWTError;
import org.eclipse.swt.SWTException;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.printing.PrintDialog;
import org.eclipse.swt.printing.Printer;
import org.eclipse.swt.printing.PrinterData;
import org.eclipse.swt.widgets.Shell;
import org.encore.workbench.part.Later;

/** Prints a page on a printer that the user chooses. */
public final class Printing {

    private Printing() {}

    /** Asks for a printer and prints, beside the user interface's thread. */
    static void of(Shell shell, PrintedPage page) {
        of(shell, page, Printer.getPrinterList());
    }

    /** @param known printers; where there is none, it says what to do instead */
    public static void of(Shell shell, PrintedPage page, PrinterData[] known) {
        if (known.length == 0) {
            MessageDialog.openInformation(shell, "No printer", "This machine has no printer. The button 'Export as PNG' beside this one writes the same"
                    + " picture into a file, which can be printed elsewhere.");
            return;
        }
        PrinterData chosen = new PrintDialog(shell).open();
        if (chosen != null) {
            Job.create("Printing " + page.title(), (ICoreRunnable) monitor -> {
                try {
                    print(chosen, page);
                } catch (SWTError | SWTException e) {
                    Later.on(shell, () -> MessageDialog.openError(shell, "Not printed", "The printer '" + chosen.name + "' does not print: "
                            + e.getMessage() + ". Try another one, or 'Export as PNG'."));
                }
            }).schedule();
        }
    }

    /** Sends a page to a printer, and waits until it is taken. @throws SWTException if it is not */
    public static void print(PrinterData on, PrintedPage page) {
        var printer = new Printer(on);
        try {
            if (!printer.startJob(page.title()) || !printer.startPage()) {
                throw new SWTException("it does not begin");
            }
            var gc = new GC(printer);
            Rectangle inside = printer.getClientArea();
            page.draw(gc, printer.computeTrim(inside.x, inside.y, inside.width, inside.height), printer.getDPI());
            gc.dispose();
            printer.endPage();
            printer.endJob();
        } finally {
            printer.dispose();
        }
    }
}
