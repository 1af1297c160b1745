package org.encore.report.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import org.encore.api.run.Event;
import org.encore.report.curve.Curve;
import org.encore.report.table.Names;
import org.encore.report.table.Place;
import org.encore.report.table.Row;
import org.jfree.chart.axis.NumberAxis;

/** Tokens trained in a second, over tokens seen: the mean of the seeds that are as far. */
public final class ThroughputChart {

    private static final int HEIGHT = 320;

    private ThroughputChart() {}

    /**
     * The figure of one place.
     *
     * @param speed tokens per second by cell; above zero
     */
    public static Figure of(Place place, Names names, Map<String, Curve> speed) {
        var lines = new SeedLines();
        var keys = new ArrayList<Key>();
        for (Row row : place.rows()) {
            SeedBand band = SeedBand.of(row, speed);
            if (band.complete().isEmpty() && !band.alone().isEmpty()) {
                band = SeedBand.of(List.of(band.alone().getFirst()));
            }
            if (!band.complete().isEmpty()) {
                int variant = names.variant(row.cells().getFirst().id());
                lines.mean(row.name(), band, Palette.variant(variant), variant, true);
                keys.add(Key.line(row.name(), variant));
            }
        }
        List<Event.Cell> trained = place.rows().stream().flatMap(row -> row.cells().stream()).filter(cell -> !speed.getOrDefault(cell.id(),
                Curve.NONE).isEmpty()).toList();
        String words = "Tokens trained in a second. " + trained.stream().map(cell -> String.format(Locale.ROOT, "%s %,.0f", names.of(cell.id()),
                speed.get(cell.id()).last())).collect(Collectors.joining("; "));
        return new Figure("throughput" + place.suffix(), "Training speed", "Source and target tokens, padding not counted; the mean over seeds.", words,
                lines.chart("", new NumberAxis("tokens per second"), keys), HEIGHT, keys,
                new CurveTable(List.of("model", "tokens", "tokensPerSecond"), trained.stream().map(cell -> new CurveTable.Part(List.of(
                        names.of(cell.id())), speed.get(cell.id()))).toList()));
    }
}
