package org.encore.report.section;

import static j2html.TagCreator.h2;
import static j2html.TagCreator.section;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.encore.api.run.ReportSection;
import org.encore.experiment.result.BenchmarkSummary;
import org.encore.experiment.result.RunResults;
import org.encore.report.chart.Figure;
import org.encore.report.chart.Illustrated;
import org.encore.report.chart.MemoryChart;
import org.encore.report.table.Measured;
import org.encore.report.table.Place;

/** What memory is made of. */
public final class MemorySection implements ReportSection, Illustrated {

    private static final int ORDER = 500;
    private static final double KILO = 1e3;
    private static final double MEGA = 1e6;

    @Override
    public int order() {
        return ORDER;
    }

    @Override
    public String html(Path run) {
        RunResults results = Fragments.read(run);
        List<List<String>> rows = rows(results);
        return rows.isEmpty() ? "" : section(h2("Memory"), Fragments.figures(figures(results)),
                Fragments.table(List.of("model", "peak MB", "weights MB", "caches kB"), rows)).render();
    }

    @Override
    public List<Figure> figures(RunResults results) {
        var figures = new ArrayList<Figure>();
        results.benchmarks().forEach((label, race) -> {
            List<Measured> models = Measured.of(results, race);
            if (!models.isEmpty()) {
                figures.add(MemoryChart.of("memory" + Place.suffix(label), SpeedSection.where(label), models, empty(race)));
            }
        });
        return figures;
    }

    /** Such as {@code 112 MB}; NaN if it was not measured. */
    private static double empty(BenchmarkSummary race) {
        String peak = race.environment().getOrDefault("empty process", "");
        return peak.matches("\\d+ MB") ? Double.parseDouble(peak.substring(0, peak.indexOf(' '))) : Double.NaN;
    }

    private static List<List<String>> rows(RunResults results) {
        var rows = new ArrayList<List<String>>();
        results.benchmarks().forEach((label, race) -> Measured.of(results, race).forEach(model -> rows.add(List.of(model.name(),
                Double.isFinite(model.found().peakMegabytes()) ? String.format(Locale.ROOT, "%.0f", model.found().peakMegabytes()) : "not measured",
                String.format(Locale.ROOT, "%.2f", model.found().weightBytes() / MEGA),
                String.format(Locale.ROOT, "%.1f", model.found().stateBytes() / KILO)))));
        return rows;
    }
}
