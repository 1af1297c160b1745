package org.encore.report.section;

import static j2html.TagCreator.h2;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.p;
import static j2html.TagCreator.section;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.encore.api.run.ReportSection;
import org.encore.compare.Comparison;
import org.encore.compare.Contrast;
import org.encore.compare.Contrast.Subject;
import org.encore.experiment.result.RunResults;
import org.encore.report.chart.ContrastChart;
import org.encore.report.chart.Figure;
import org.encore.report.chart.Illustrated;

import j2html.tags.DomContent;

/** The answer first, then everything else that may be said, and what to know before one believes it. */
public final class SummarySection implements ReportSection, Illustrated {

    private static final int ORDER = 100;
    /** A picture of more differences than that is longer than a screen. */
    private static final int MOST_ROWS = 15;

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
        Optional<Comparison> comparison = Fragments.comparison(results);
        return section(h2("What was found"), comparison.map(SummarySection::said).orElse(p("The variants have not been compared.")),
                Fragments.figures(figures(results))).render();
    }

    private static DomContent said(Comparison comparison) {
        List<Contrast> others = comparison.contrasts().stream().filter(contrast -> !contrast.primary()).toList();
        return Fragments.all(comparison.answer().map(Verdicts::answer).orElse(Fragments.all()), part("Quality", of(others, Subject.QUALITY)),
                part("Differences of differences", of(others, Subject.INTERACTION)),
                part("Speed", of(others, Subject.SPEED)), FindingList.of(comparison.findings()));
    }

    private static List<Contrast> of(List<Contrast> contrasts, Subject subject) {
        return contrasts.stream().filter(contrast -> contrast.subject() == subject).toList();
    }

    private static DomContent part(String title, List<Contrast> contrasts) {
        return contrasts.isEmpty() ? Fragments.all() : Fragments.all(h3(title), Verdicts.list(contrasts));
    }

    /** Differences in what was asked, and in both times. */
    @Override
    public List<Figure> figures(RunResults results) {
        List<Contrast> contrasts = Fragments.comparison(results).map(Comparison::contrasts).orElse(List.of());
        var figures = new ArrayList<Figure>();
        contrasts.stream().filter(Contrast::ofScores).findFirst()
                .ifPresent(first -> figures.add(ContrastChart.of("differences-quality",
                "Differences in quality", contrasts.stream().filter(c -> c.quantity().equals(first.quantity()) && c.split().equals(first.split()))
                .limit(MOST_ROWS).toList())));
        speed(contrasts, "firstTokenMillis").ifPresent(of -> figures.add(ContrastChart.of("differences-first-token",
                "Differences in time to first token", of)));
        speed(contrasts, "perTokenMillis").ifPresent(of -> figures.add(ContrastChart.of("differences-per-token",
                "Differences in time per later token", of)));
        return figures;
    }

    private static Optional<List<Contrast>> speed(List<Contrast> contrasts, String quantity) {
        return Optional.of(contrasts.stream().filter(c -> c.subject() == Subject.SPEED && c.quantity().equals(quantity)).limit(MOST_ROWS).toList())
                .filter(of -> !of.isEmpty());
    }
}
