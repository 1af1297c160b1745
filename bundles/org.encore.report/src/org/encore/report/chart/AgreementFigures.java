package org.encore.report.chart;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

import org.encore.api.run.Event.TrainAgreement;
import org.encore.report.table.Names;
import org.encore.report.table.Place;
import org.encore.report.table.Row;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;

/** How students of a place came nearer to their teacher while they were trained: the tokens that both hold likeliest, and the entropy of both. */
public final class AgreementFigures {

    private static final int HEIGHT = 320;
    private static final double PERCENT = 100;
    private static final double MILLION = 1e6;
    private static final float BAND = 0.18f;
    /** A teacher has no colour of a variant. */
    private static final Color TEACHER = Palette.MUTED;

    private AgreementFigures() {}

    /** Two figures; none if no student of the place was compared on its way. @param looks by cell */
    public static List<Figure> of(Place place, Names names, Map<String, List<TrainAgreement>> looks) {
        List<Row> rows = place.rows().stream().filter(row -> row.cells().stream().anyMatch(cell -> !looks.getOrDefault(cell.id(), List.of()).isEmpty())).toList();
        if (rows.isEmpty()) {
            return List.of();
        }
        String where = place.label().isEmpty() ? "" : ", " + place.label();
        String bands = rows.stream().anyMatch(row -> row.cells().size() > 1) ? " Lines are means over seeds, bands go from the lowest to the highest." : "";
        return List.of(new Drawing(rows, names, looks, look -> PERCENT * look.sameToken(), "same token, %").figure("agreement" + place.suffix(), "Agreement with the teacher" + where,
                "Share of target positions at which student and teacher hold the same token likeliest." + bands),
                new Drawing(rows, names, looks, TrainAgreement::studentEntropy, "entropy, nats").with(TrainAgreement::teacherEntropy).figure("entropy" + place.suffix(),
                "Entropy of teacher and students" + where, "A student below the line of the teacher is surer than it, one above less sure." + bands));
    }

    /** One chart while it is made. */
    private static final class Drawing {

        private final XYSeriesCollection lines = new XYSeriesCollection();
        private final XYLineAndShapeRenderer pen = new XYLineAndShapeRenderer(true, false);
        private final YIntervalSeriesCollection bands = new YIntervalSeriesCollection();
        private final DeviationRenderer brush = new DeviationRenderer(false, false);
        private final List<Key> keys = new ArrayList<>();
        private final List<String> words = new ArrayList<>();
        private final List<List<Object>> table = new ArrayList<>();
        private final List<Row> rows;
        private final Names names;
        private final Map<String, List<TrainAgreement>> looks;
        private final String quantity;

        Drawing(List<Row> rows, Names names, Map<String, List<TrainAgreement>> looks, ToDoubleFunction<TrainAgreement> of, String quantity) {
            this.rows = rows;
            this.names = names;
            this.looks = looks;
            this.quantity = quantity;
            brush.setAlpha(BAND);
            table.add(List.of("model", "tokens", quantity));
            rows.forEach(row -> row(row, of));
        }

        private void row(Row row, ToDoubleFunction<TrainAgreement> of) {
            int variant = names.variant(row.cells().getFirst().id());
            SeedBand band = SeedBand.of(row.cells().stream().map(cell -> curve(looks.getOrDefault(cell.id(), List.of()), of)).toList());
            var range = new YIntervalSeries(row.name(), false, true);
            band.points().forEach(at -> range.add(at.x(), at.mean(), at.low(), at.high()));
            if (band.points().stream().anyMatch(at -> at.high() > at.low())) {
                brush.setSeriesFillPaint(bands.getSeriesCount(), Palette.variant(variant));
                bands.addSeries(range);
            }
            line(row.name(), band, Palette.variant(variant), variant);
            keys.add(Key.line(row.name(), variant));
            row.cells().forEach(cell -> looks.getOrDefault(cell.id(), List.of()).forEach(look -> table.add(List.of(names.of(cell.id()), look.tokens(), of.applyAsDouble(look)))));
            if (!band.points().isEmpty()) {
                words.add(String.format(Locale.ROOT, "%s ends at %.3g", row.name(), band.points().getLast().mean()));
            }
        }

        /** All students of a place have one teacher, and are compared at the same examples: one line. */
        Drawing with(ToDoubleFunction<TrainAgreement> ofTeacher) {
            List<TrainAgreement> all = rows.stream().flatMap(row -> row.cells().stream()).map(cell -> looks.getOrDefault(cell.id(), List.of())).filter(found -> !found.isEmpty())
                    .findFirst().orElseThrow();
            line("teacher", SeedBand.of(List.of(curve(all, ofTeacher))), TEACHER, Palette.variants());
            keys.add(new Key("teacher", TEACHER, Key.Mark.DASHED));
            all.forEach(look -> table.add(List.of("teacher", look.tokens(), ofTeacher.applyAsDouble(look))));
            words.add(String.format(Locale.ROOT, "teacher at %.3g", ofTeacher.applyAsDouble(all.getLast())));
            return this;
        }

        private static SeedBand.Curve curve(List<TrainAgreement> looks, ToDoubleFunction<TrainAgreement> of) {
            List<TrainAgreement> finite = looks.stream().filter(look -> Double.isFinite(of.applyAsDouble(look))).toList();
            return new SeedBand.Curve(finite.stream().mapToDouble(look -> look.tokens() / MILLION).toArray(), finite.stream().mapToDouble(of).toArray());
        }

        private void line(String name, SeedBand band, Color colour, int variant) {
            var series = new XYSeries(name + " " + lines.getSeriesCount(), false);
            band.points().forEach(at -> series.add(at.x(), at.mean()));
            pen.setSeriesPaint(lines.getSeriesCount(), colour);
            pen.setSeriesStroke(lines.getSeriesCount(), ChartStyle.stroke(variant, true));
            pen.setSeriesShape(lines.getSeriesCount(), ChartStyle.point(variant));
            pen.setSeriesShapesVisible(lines.getSeriesCount(), series.getItemCount() == 1);
            lines.addSeries(series);
        }

        Figure figure(String name, String title, String caption) {
            var values = new NumberAxis(quantity);
            values.setAutoRangeIncludesZero(false);
            var plot = new XYPlot(lines, new NumberAxis("million tokens seen"), values, pen);
            plot.setDataset(1, bands);
            plot.setRenderer(1, brush);
            plot.setFixedLegendItems(Key.legend(keys));
            var chart = new JFreeChart(null, JFreeChart.DEFAULT_TITLE_FONT, plot, true);
            ChartStyle.apply(chart, plot);
            return new Figure(name, title, caption, title + ". " + words.stream().collect(Collectors.joining("; ")), chart, HEIGHT, keys, table);
        }
    }
}
