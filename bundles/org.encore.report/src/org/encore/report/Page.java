package org.encore.report;

import static j2html.TagCreator.body;
import static j2html.TagCreator.document;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.head;
import static j2html.TagCreator.header;
import static j2html.TagCreator.main;
import static j2html.TagCreator.meta;
import static j2html.TagCreator.p;
import static j2html.TagCreator.rawHtml;
import static j2html.TagCreator.style;
import static j2html.TagCreator.title;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

import org.encore.api.Counted;
import org.encore.api.run.Event;
import org.encore.api.run.ReportSection;
import org.encore.experiment.result.RunResults;
import org.encore.report.table.Names;

import j2html.TagCreator;

/** The report as one self-contained page. */
final class Page {

    private Page() {}

    static String of(Path run, RunResults results, List<ReportSection> sections) {
        String name = results.experiment().isEmpty() ? run.getFileName().toString() : results.experiment();
        return document(TagCreator.html(
                head(meta().withCharset("utf-8"), meta().withName("viewport").withContent("width=device-width, initial-scale=1"),
                        title(name + " · Encore"), style(rawHtml(PageStyle.SHEET))),
                body(main(header(p("Encore report").withClass("brand"), h1(Names.safe(name)), p(facts(run, results)).withClass("facts")),
                        rawHtml(sections.stream().sorted(Comparator.comparingInt(ReportSection::order)).map(s -> fragment(s, run))
                                .collect(Collectors.joining("\n")))))
        ).withLang("en"));
    }

    private static String facts(Path run, RunResults results) {
        long variants = results.cells().stream().map(Event.Cell::variant).distinct().count();
        long seeds = results.cells().stream().map(Event.Cell::seed).distinct().count();
        return Names.safe(run.getFileName().toString()) + " · " + Counted.of(results.cells().size(), "model") + ": "
                + Counted.of(variants, "variant") + ", " + Counted.of(seeds, "seed");
    }

    /** A section of a plug-in that fails must not take the report with it. */
    private static String fragment(ReportSection section, Path run) {
        try {
            return section.html(run);
        } catch (RuntimeException | LinkageError e) {
            return p("Section " + section.getClass().getName() + " failed: "
                    + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage())).render();
        }
    }
}
