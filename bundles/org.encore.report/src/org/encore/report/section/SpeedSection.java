package org.encore.report.section;

import static j2html.TagCreator.h2;
import static j2html.TagCreator.section;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.encore.api.run.ReportSection;
import org.encore.experiment.result.BenchmarkSummary;
import org.encore.experiment.result.RunResults;
import org.encore.experiment.result.SampleFile;
import org.encore.report.chart.Figure;
import org.encore.report.chart.Illustrated;
import org.encore.report.chart.LatencyChart;
import org.encore.report.table.Measured;
import org.encore.report.table.Names;
import org.encore.report.table.Place;

/** How latency is distributed, race by race. */
public final class SpeedSection implements ReportSection, Illustrated {

    private static final int ORDER = 400;

    @Override
    public int order() {
        return ORDER;
    }

    @Override
    public String html(Path run) {
        List<Figure> figures = figures(Fragments.read(run));
        return figures.isEmpty() ? "" : section(h2("Latency"), Fragments.figures(figures)).render();
    }

    @Override
    public List<Figure> figures(RunResults results) {
        var figures = new ArrayList<Figure>();
        results.benchmarks().forEach((label, race) -> {
            List<SampleFile.Turn> turns = turns(results, label, race);
            if (!turns.isEmpty()) {
                figures.add(figure(results, label, race, turns, true));
                figures.add(figure(results, label, race, turns, false));
            }
        });
        return figures;
    }

    private static Figure figure(RunResults results, String label, BenchmarkSummary race, List<SampleFile.Turn> turns, boolean firstToken) {
        var times = new LinkedHashMap<String, List<Double>>();
        turns.forEach(turn -> times.computeIfAbsent(turn.cell(), cell -> new ArrayList<>())
                .add(firstToken ? turn.firstTokenMillis() : turn.perTokenMillis()));
        var arrays = new LinkedHashMap<String, double[]>();
        times.forEach((cell, of) -> arrays.put(cell, of.stream().mapToDouble(Double::doubleValue).toArray()));
        return LatencyChart.of("latency-" + (firstToken ? "first-token" : "per-token") + Place.suffix(label), where(label),
                Measured.of(results, race), Map.copyOf(arrays), firstToken);
    }

    /** Turns that count: those that estimates are of. */
    private static List<SampleFile.Turn> turns(RunResults results, String label, BenchmarkSummary race) {
        try {
            return SampleFile.read(results.folder().ofGroup(label, "benchmark")).stream()
                    .filter(turn -> race.course().disturbedThroughout() || !turn.voided()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /** Of which race, in words. */
    static String where(String label) {
        return label.isEmpty() ? "" : " (" + Names.shown(label) + ")";
    }
}
