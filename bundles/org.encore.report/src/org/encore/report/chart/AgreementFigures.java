package org.encore.report.chart;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

import org.encore.api.run.Event.TrainAgreement;
import org.encore.report.curve.Curve;
import org.encore.report.table.Names;
import org.encore.report.table.Place;
import org.encore.report.table.Row;
import org.jfree.chart.axis.NumberAxis;

/** How students of a place came nearer to their teacher while they were trained: the tokens that both hold likeliest, and the entropy of both. */
public final class AgreementFigures {

    private static final int HEIGHT = 320;
    private static final double PERCENT = 100;
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
        return List.of(
                new Drawing(rows, names, looks, look -> PERCENT * look.sameToken(), "same token, %")
                        .figure("agreement" + place.suffix(), "Agreement with the teacher" + where,
                                "Share of target positions at which student and teacher hold the same token likeliest." + bands),
                new Drawing(rows, names, looks, TrainAgreement::studentEntropy, "entropy, nats").with(TrainAgreement::teacherEntropy)
                        .figure("entropy" + place.suffix(), "Entropy of teacher and students" + where,
                                "A student below the line of the teacher is surer than it, one above less sure." + bands));
    }

    /** One chart while it is made. */
    private static final class Drawing {

        private final SeedLines lines = new SeedLines();
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
            table.add(List.of("model", "tokens", quantity));
            rows.forEach(row -> row(row, of));
        }

        private void row(Row row, ToDoubleFunction<TrainAgreement> of) {
            int variant = names.variant(row.cells().getFirst().id());
            SeedBand band = SeedBand.of(row, Curve.ofEach(looks, TrainAgreement::tokens, of));
            lines.mean(row.name(), band, Palette.variant(variant), variant, true);
            lines.band(row.name(), band, Palette.variant(variant));
            keys.add(Key.line(row.name(), variant));
            row.cells().forEach(cell -> looks.getOrDefault(cell.id(), List.of())
                    .forEach(look -> table.add(List.of(names.of(cell.id()), look.tokens(), of.applyAsDouble(look)))));
            if (!band.complete().isEmpty()) {
                words.add(String.format(Locale.ROOT, "%s ends at %.3g", row.name(), band.all().getLast().mean()));
            }
        }

        /** All students of a place have one teacher, and are compared at the same examples: one line. */
        Drawing with(ToDoubleFunction<TrainAgreement> ofTeacher) {
            List<TrainAgreement> all = rows.stream().flatMap(row -> row.cells().stream()).map(cell -> looks.getOrDefault(cell.id(), List.of()))
                    .filter(found -> !found.isEmpty()).findFirst().orElseThrow();
            lines.mean("teacher", SeedBand.of(List.of(Curve.of(all, TrainAgreement::tokens, ofTeacher))), TEACHER, Palette.variants(), true);
            keys.add(new Key("teacher", TEACHER, Key.Mark.DASHED));
            all.forEach(look -> table.add(List.of("teacher", look.tokens(), ofTeacher.applyAsDouble(look))));
            words.add(String.format(Locale.ROOT, "teacher at %.3g", ofTeacher.applyAsDouble(all.getLast())));
            return this;
        }

        Figure figure(String name, String title, String caption) {
            var values = new NumberAxis(quantity);
            values.setAutoRangeIncludesZero(false);
            return new Figure(name, title, caption, title + ". " + String.join("; ", words), lines.chart("", values, keys), HEIGHT, keys, table);
        }
    }
}
