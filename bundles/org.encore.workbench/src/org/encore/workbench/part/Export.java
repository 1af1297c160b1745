package org.encore.workbench.part;

import java.io.IOException;
import java.util.function.Consumer;

import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.swt.widgets.Widget;

/** Writes what the user takes out of the window, beside the user interface's thread. */
public final class Export {

    private Export() {}

    /** Writes. */
    public interface Writing {
        void write() throws IOException;
    }

    /**
     * Begins.
     *
     * @param name of what is exported
     * @param files that are written, for the user
     * @param asked where the user is told, if it is still there
     * @param tell called on the user interface's thread with what came of it
     */
    public static void begin(String name, String files, Writing writing, Widget asked, Consumer<String> tell) {
        Job.create("Exporting " + name, (ICoreRunnable) monitor -> {
            String said;
            try {
                writing.write();
                said = "written: " + files;
            } catch (IOException e) {
                said = "not written: " + e.getMessage();
            }
            String text = said;
            Later.on(asked, () -> tell.accept(text));
        }).schedule();
    }
}
