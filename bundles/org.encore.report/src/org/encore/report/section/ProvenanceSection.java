package org.encore.report.section;

import static j2html.TagCreator.code;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.p;
import static j2html.TagCreator.pre;
import static j2html.TagCreator.section;
import static j2html.TagCreator.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.encore.api.run.ReportSection;
import org.encore.experiment.run.RunFolder;

import j2html.tags.DomContent;

/** Where the numbers come from and how to have them again. */
public final class ProvenanceSection implements ReportSection {

    private static final int ORDER = 900;

    @Override
    public int order() {
        return ORDER;
    }

    @Override
    public String html(Path run) {
        return section(h2("Provenance"),
                p(text("To repeat: save the experiment below as "), code("experiment.yaml"), text(" and run "), code("encore run experiment.yaml"),
                        text(". Training is repeated bit for bit on the same machine with the same number of threads; times are measured anew.")),
                file(run, RunFolder.RESOLVED, "The experiment, every default filled in and widths matched"),
                file(run, RunFolder.PROVENANCE, "Machine, versions, data, what was matched, keys of the stages")).render();
    }

    private static DomContent file(Path run, String name, String title) {
        String content;
        try {
            content = Files.exists(run.resolve(name)) ? Files.readString(run.resolve(name)) : "not written yet";
        } catch (IOException e) {
            content = "cannot be read: " + e.getMessage();
        }
        return Fragments.folded(title, pre(content.replaceAll("\\p{Cf}", "?")));
    }
}
