package org.encore.report.section;

import static j2html.TagCreator.figcaption;
import static j2html.TagCreator.figure;
import static j2html.TagCreator.img;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Base64;

import org.encore.experiment.result.RunResults;
import org.encore.report.chart.ChartStyle;
import org.jfree.chart.JFreeChart;

import j2html.tags.DomContent;

/** Pieces that several sections use. */
final class Fragments {

    private static final int WIDTH = 760;
    private static final int HEIGHT = 380;
    private static final double SHARP = 2;

    private Fragments() {}

    static RunResults read(Path run) {
        try {
            return RunResults.read(run);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /** A chart inside the page, so that one file is the whole report. */
    static DomContent chart(JFreeChart chart, String caption) {
        String data = Base64.getEncoder().encodeToString(ChartStyle.png(chart, WIDTH, HEIGHT, SHARP));
        return figure(img().withSrc("data:image/png;base64," + data).withAlt(caption), figcaption(caption));
    }
}
