package org.encore.report.section;

import static j2html.TagCreator.each;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.li;
import static j2html.TagCreator.p;
import static j2html.TagCreator.section;
import static j2html.TagCreator.text;
import static j2html.TagCreator.ul;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.encore.api.run.ReportSection;
import org.encore.compare.Comparison;
import org.encore.experiment.result.RunResults;
import org.encore.report.table.ResultTable;
import org.encore.report.table.Statements;

import j2html.tags.DomContent;

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
        if (results.cells().isEmpty()) {
            return section(h2("What was found"), p("Nothing yet: this run has not begun.")).render();
        }
        ResultTable found = ResultTable.of(results);
        Optional<Comparison> comparison = Fragments.comparison(results);
        return section(h2("What was found"), list(comparison.map(Statements::contrasts).orElse(List.of())),
                list(comparison.map(Statements::findings).orElse(List.of())), Fragments.table(found.header(), found.rows()), list(Statements.circumstances(results)))
                .render();
    }

    private static DomContent list(List<String> lines) {
        return lines.isEmpty() ? text("") : ul(each(lines, line -> li(line)));
    }
}
