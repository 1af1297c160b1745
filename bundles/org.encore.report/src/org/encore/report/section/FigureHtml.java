package org.encore.report.section;

import static j2html.TagCreator.code;
import static j2html.TagCreator.each;
import static j2html.TagCreator.figcaption;
import static j2html.TagCreator.figure;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.li;
import static j2html.TagCreator.p;
import static j2html.TagCreator.rawHtml;
import static j2html.TagCreator.span;
import static j2html.TagCreator.text;
import static j2html.TagCreator.ul;

import java.util.Locale;

import org.encore.report.chart.Figure;
import org.encore.report.chart.Key;
import org.encore.report.chart.Palette;

import j2html.tags.DomContent;

/** A chart inside the page, so that one file is the whole report. */
final class FigureHtml {

    private FigureHtml() {}

    /** A machine without fonts cannot draw; the rest of the page does not suffer from that. */
    static DomContent of(Figure figure) {
        try {
            return figure(h3(figure.title()), legend(figure), rawHtml(figure.inline()),
                    figcaption(text(figure.caption() + " "), span(text("Files: "), code("report/charts/" + figure.name() + ".svg"),
                    text(", .png, .csv")).withClass("files")));
        } catch (RuntimeException | LinkageError | InternalError e) {
            return p(figure.title() + ": the chart could not be drawn (" + e
                    + "). Java draws with the system's fonts: install fontconfig and a font, such as DejaVu.");
        }
    }

    private static DomContent legend(Figure figure) {
        return figure.keys().isEmpty() ? text("") : ul(each(figure.keys(), FigureHtml::key)).withClass("legend");
    }

    private static DomContent key(Key key) {
        String ink = Palette.ofPage().of(key.colour());
        return li(span().withClass("key " + key.mark().name().toLowerCase(Locale.ROOT)).withStyle("--ink-of-key:" + ink), text(key.name()));
    }
}
