package org.encore.report.section;

import static j2html.TagCreator.each;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.li;
import static j2html.TagCreator.section;
import static j2html.TagCreator.ul;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.encore.api.run.ReportSection;
import org.encore.experiment.result.BenchmarkSummary;
import org.encore.experiment.result.RunResults;
import org.encore.modelled.Predictions;
import org.encore.report.chart.Figure;
import org.encore.report.chart.Illustrated;
import org.encore.report.chart.LadderChart;
import org.encore.report.chart.LengthChart;
import org.encore.report.chart.RooflineChart;
import org.encore.report.table.Efficiency;
import org.encore.report.table.Names;

import j2html.tags.DomContent;

/** Efficiency in full: percentiles, requests, shares of the roofline, and beside them, apart, what devices that are not here would take. */
public final class EfficiencySection implements ReportSection, Illustrated {

    private static final int ORDER = 350;

    @Override
    public int order() {
        return ORDER;
    }

    @Override
    public String html(Path run) {
        RunResults results = Fragments.read(run);
        if (!Efficiency.concerns(results)) {
            return "";
        }
        Optional<Predictions> predictions = Efficiency.predictions(results);
        List<DomContent> races = new ArrayList<>();
        results.benchmarks().forEach((label, race) -> races.add(race(results, label, race, predictions)));
        return section(h2("Efficiency"), Fragments.figures(figures(results)), each(races, race -> race), predictions.map(EfficiencySection::sources)
                .orElse(Fragments.all())).render();
    }

    private static DomContent race(RunResults results, String label, BenchmarkSummary race, Optional<Predictions> predictions) {
        List<String> lines = new ArrayList<>(Efficiency.ratios(results, race));
        lines.addAll(Efficiency.byRequest(results, race));
        lines.add(Efficiency.circumstances(race));
        List<List<String>> modelled = predictions.map(p -> Efficiency.modelled(results, race, p)).orElse(List.of());
        return Fragments.all(h3(Efficiency.title(label, race)), Fragments.table(Efficiency.MEASURED, Efficiency.measured(results, race)),
                ul(each(lines, line -> li(Names.safe(line)))).withClass("remark"),
                modelled.isEmpty() ? Fragments.all() : Fragments.folded("The same on devices that are not here (modelled)",
                Fragments.table(Efficiency.MODELLED, modelled)));
    }

    private static DomContent sources(Predictions predictions) {
        Stream<String> devices = predictions.devices().values().stream().map(device -> device.name() + ": " + String.join("; ", device.sources())
                + (device.assumptions().isEmpty() ? "" : ". Assumed: " + String.join("; ", device.assumptions())));
        return Fragments.all(each(Efficiency.errors(predictions), Fragments::remark),
                Fragments.folded("Where the modelled devices' numbers are from", ul(each(devices.toList(), line -> li(Names.safe(line))))));
    }

    @Override
    public List<Figure> figures(RunResults results) {
        if (!Efficiency.concerns(results)) {
            return List.of();
        }
        Optional<Predictions> predictions = Efficiency.predictions(results);
        return Stream.of(LadderChart.of(results, predictions, true), LadderChart.of(results, predictions, false), LengthChart.of(results, true),
                LengthChart.of(results, false), RooflineChart.of(results)).flatMap(Optional::stream).toList();
    }
}
