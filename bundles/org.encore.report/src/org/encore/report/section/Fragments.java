package org.encore.report.section;

import static j2html.TagCreator.details;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.p;
import static j2html.TagCreator.summary;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.tr;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.encore.compare.Comparison;
import org.encore.experiment.result.RunResults;
import org.encore.report.chart.Figure;
import org.encore.report.table.Names;

import j2html.tags.DomContent;

/** Pieces that several sections use. */
final class Fragments {

    /** More charts of one kind than that are folded. */
    private static final int SHOWN = 4;

    private Fragments() {}

    static RunResults read(Path run) {
        try {
            return RunResults.read(run);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    static Optional<Comparison> comparison(RunResults results) {
        try {
            return Comparison.kept(results);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /** One after the other, and nothing of none. The library's own {@code join} would change the spaces of data. */
    static DomContent all(DomContent... contents) {
        return each(List.of(contents), content -> content);
    }

    /** Charts below each other, many of them folded. */
    static DomContent figures(List<Figure> figures) {
        List<Figure> more = figures.subList(Math.min(SHOWN, figures.size()), figures.size());
        return all(each(figures.subList(0, figures.size() - more.size()), FigureHtml::of),
                more.isEmpty() ? all() : details(summary(more.size() + " more charts"), each(more, FigureHtml::of)));
    }

    /** A table; the first column names its rows. */
    static DomContent table(List<String> header, List<List<String>> rows) {
        return div(j2html.TagCreator.table(thead(tr(each(header, name -> th(Names.safe(name)).attr("scope", "col")))),
                tbody(each(rows, row -> tr(th(Names.safe(row.getFirst())).attr("scope", "row"),
                each(row.subList(1, row.size()), cell -> td(Names.safe(cell)))))))).withClass("wide");
    }

    /** Something to open on a screen, which paper does without. */
    static DomContent folded(String title, DomContent content) {
        return details(summary(title), content).withClass("raw");
    }

    /** A remark below a table. */
    static DomContent remark(String text) {
        return p(Names.safe(text)).withClass("remark");
    }
}
