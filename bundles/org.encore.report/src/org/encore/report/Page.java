package org.encore.report;

import static j2html.TagCreator.body;
import static j2html.TagCreator.document;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.head;
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

import org.encore.api.run.ReportSection;
import org.encore.experiment.result.RunResults;

import j2html.TagCreator;

/** The report as one self-contained page. */
final class Page {

    private static final String STYLE = """
            :root { color-scheme: light dark; }
            body { font: 16px/1.5 system-ui, sans-serif; margin: 0; }
            main { max-width: 62rem; margin: 0 auto; padding: 1rem; }
            .wide { overflow-x: auto; }
            table { border-collapse: collapse; white-space: nowrap; font-variant-numeric: tabular-nums; }
            th, td { padding: .35rem .7rem; text-align: right; border-bottom: 1px solid #8886; }
            th:first-child, td:first-child { text-align: left; }
            h1, li, p { overflow-wrap: anywhere; }
            figure { margin: 1rem 0; }
            img { max-width: 100%; height: auto; background: #fff; border-radius: 4px; }
            figcaption { font-size: .9rem; opacity: .8; }
            pre { overflow-x: auto; padding: .8rem; background: #8882; border-radius: 4px; font-size: .85rem; }
            summary { cursor: pointer; }
            """;

    private Page() {}

    static String of(Path run, RunResults results, List<ReportSection> sections) {
        String name = results.experiment().isEmpty() ? run.getFileName().toString() : results.experiment();
        String models = results.cells().size() + (results.cells().size() == 1 ? " model" : " models");
        return document(TagCreator.html(
                head(meta().withCharset("utf-8"), meta().withName("viewport").withContent("width=device-width, initial-scale=1"),
                        title(name + " · Encore"), style(rawHtml(STYLE))),
                body(main(h1(name), p(run.getFileName() + ", " + models),
                        rawHtml(sections.stream().sorted(Comparator.comparingInt(ReportSection::order)).map(s -> fragment(s, run))
                                .collect(Collectors.joining("\n")))))
        ).withLang("en"));
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
