package org.encore.report.section;

import static j2html.TagCreator.details;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.section;
import static j2html.TagCreator.summary;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import org.encore.api.run.Event;
import org.encore.api.run.ReportSection;
import org.encore.experiment.result.BenchmarkSummary;
import org.encore.experiment.result.RunResults;
import org.encore.report.chart.LatencyChart;
import org.encore.report.table.Names;

import j2html.tags.DomContent;

/** Latency and memory, and what they were measured on. */
public final class SpeedSection implements ReportSection {

    private static final int ORDER = 300;
    private static final int AXES = 70;
    private static final int BAR = 44;
    private static final double KILO = 1e3;
    private static final double MEGA = 1e6;

    @Override
    public int order() {
        return ORDER;
    }

    @Override
    public String html(Path run) {
        RunResults results = Fragments.read(run);
        if (results.benchmarks().isEmpty()) {
            return "";
        }
        BenchmarkSummary benchmark = results.benchmarks().values().iterator().next();
        var environment = new ArrayList<List<String>>();
        benchmark.environment().forEach((name, value) -> environment.add(List.of(name, value)));
        return section(h2("Speed and memory"), chart(results, true), chart(results, false),
                Fragments.table(List.of("model", "peak memory MB", "weights MB", "caches kB"), memory(results, benchmark)),
                details(summary("What it was measured on"), Fragments.table(List.of("of the machine", "value"), environment))).render();
    }

    private static DomContent chart(RunResults results, boolean firstToken) {
        String caption = "Median time " + (firstToken ? "to first token" : "per later token") + ", with its 95 % interval";
        var names = Names.of(results.cells());
        String bars = results.cells().stream().map(cell -> names.of(cell.id()) + ": " + millis(results, cell.id(), firstToken))
                .collect(Collectors.joining("; "));
        return Fragments.chart(LatencyChart.of(results, firstToken), AXES + BAR * results.cells().size(), caption, caption + ". " + bars);
    }

    /** A model's median latency in words. */
    static String millis(RunResults results, String cell, boolean firstToken) {
        return results.speed(cell).map(speed -> firstToken ? speed.firstTokenMillis() : speed.perTokenMillis())
                .map(latency -> String.format(Locale.ROOT, "%.3f ms", latency.median())).orElse("not measured");
    }

    private static List<List<String>> memory(RunResults results, BenchmarkSummary benchmark) {
        var names = Names.of(results.cells());
        var rows = new ArrayList<List<String>>();
        for (Event.Cell cell : results.cells()) {
            BenchmarkSummary.Cell measured = benchmark.cells().get(cell.id());
            if (measured != null) {
                rows.add(List.of(names.of(cell.id()),
                        Double.isFinite(measured.peakMegabytes()) ? String.format(Locale.ROOT, "%.0f", measured.peakMegabytes()) : "not measured",
                        String.format(Locale.ROOT, "%.2f", measured.weightBytes() / MEGA),
                        String.format(Locale.ROOT, "%.1f", measured.stateBytes() / KILO)));
            }
        }
        return rows;
    }
}
