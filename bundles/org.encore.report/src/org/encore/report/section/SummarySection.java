package org.encore.report.section;

import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.li;
import static j2html.TagCreator.section;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.tr;
import static j2html.TagCreator.ul;

import java.nio.file.Path;

import org.encore.api.run.ReportSection;
import org.encore.experiment.result.RunResults;
import org.encore.report.table.ResultTable;
import org.encore.report.table.Statements;

/** The table and the statements. */
public final class SummarySection implements ReportSection {

    private static final int ORDER = 100;

    @Override
    public int order() {
        return ORDER;
    }

    @Override
    public String html(Path run) {
        RunResults results = Fragments.read(run);
        ResultTable found = ResultTable.of(results);
        return section(h2("What was found"),
                div(table(thead(tr(each(found.header(), name -> th(name)))), tbody(each(found.rows(), row -> tr(each(row, cell -> td(cell))))))).withClass("wide"),
                ul(each(Statements.of(results), statement -> li(statement)))).render();
    }
}
