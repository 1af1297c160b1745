package org.encore.report.section;

import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.figcaption;
import static j2html.TagCreator.figure;
import static j2html.TagCreator.img;
import static j2html.TagCreator.p;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.tr;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.encore.compare.Comparison;
import org.encore.experiment.result.RunResults;
import org.encore.report.chart.ChartStyle;
import org.jfree.chart.JFreeChart;

import j2html.tags.DomContent;

/** Pieces that several sections use. */
final class Fragments {

    private static final int WIDTH = 760;
    private static final double SHARP = 2;
    static final int TALL = 380;

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

    /**
     * A chart inside the page, so that one file is the whole report. A machine without fonts cannot draw one; the rest of the page does not
     * suffer from that.
     *
     * @param caption what is shown
     * @param alternative the numbers in words, for those who do not see the picture
     */
    static DomContent chart(JFreeChart chart, int height, String caption, String alternative) {
        try {
            String data = Base64.getEncoder().encodeToString(ChartStyle.png(chart, WIDTH, height, SHARP));
            return figure(img().withSrc("data:image/png;base64," + data).withAlt(alternative), figcaption(caption));
        } catch (RuntimeException | LinkageError | InternalError e) {
            return p(caption + ": the chart could not be drawn (" + e
                    + "). Java draws with the system's fonts: install fontconfig and a font, such as DejaVu.");
        }
    }

    static DomContent table(List<String> header, List<List<String>> rows) {
        return div(j2html.TagCreator.table(thead(tr(each(header, name -> th(name)))), tbody(each(rows, row -> tr(each(row, cell -> td(cell)))))))
                .withClass("wide");
    }

    /** Splits with scores, the one that nothing was chosen by first. */
    static List<String> splits(RunResults results) {
        Set<String> found = new LinkedHashSet<>();
        results.scores().values().forEach(scores -> found.addAll(scores.splits().keySet()));
        return found.stream().sorted(java.util.Comparator.comparing(split -> !split.equals("test"))).toList();
    }

    /** The first metric of a split, which experiments name first because it matters most. */
    static Optional<String> firstMetric(RunResults results, String split) {
        return results.scores().values().stream().filter(s -> s.splits().containsKey(split)).flatMap(s -> s.splits().get(split).keySet().stream())
                .findFirst();
    }
}
