package org.encore.api.run;

import java.nio.file.Path;

/** A part of the HTML report. Contributed through the extension point {@code org.encore.api.reportSections}. */
public interface ReportSection {

    /** Position: sections with smaller numbers come first; the built-in ones are at 100, 200, …. */
    int order();

    /**
     * The section as an HTML fragment, self-contained and with all data escaped; empty to leave it out.
     *
     * @param run the run's folder, of which all stages before the report are done
     */
    String html(Path run);
}
