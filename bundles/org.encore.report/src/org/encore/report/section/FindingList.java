package org.encore.report.section;

import static j2html.TagCreator.code;
import static j2html.TagCreator.details;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.p;
import static j2html.TagCreator.span;
import static j2html.TagCreator.strong;
import static j2html.TagCreator.summary;
import static j2html.TagCreator.text;

import java.util.List;
import java.util.Locale;

import org.encore.compare.finding.Finding;
import org.encore.report.table.Names;

import j2html.tags.DomContent;

/** What the checks found, each folded to its line. */
final class FindingList {

    private FindingList() {}

    static DomContent of(List<Finding> findings) {
        return findings.isEmpty() ? p("The checks of results found nothing to object to.").withClass("remark")
                : Fragments.all(h3("What to know before believing it"), div(each(findings, FindingList::of)).withClass("findings"));
    }

    private static DomContent of(Finding finding) {
        String severity = finding.severity().name().toLowerCase(Locale.ROOT);
        return details(summary(span(severity).withClass("badge " + severity), span(Names.safe(finding.summary()))),
                p(Names.safe(finding.explanation())), p(strong("What to do: "), text(Names.safe(finding.remedy()) + ".")),
                p(text("Check "), code(finding.id())).withClass("remark")).withClass("finding");
    }
}
