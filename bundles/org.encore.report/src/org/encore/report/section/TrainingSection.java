package org.encore.report.section;

import static j2html.TagCreator.h2;
import static j2html.TagCreator.section;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.encore.api.run.Event;
import org.encore.api.run.ReportSection;
import org.encore.experiment.result.RunResults;
import org.encore.report.chart.Figure;
import org.encore.report.chart.Illustrated;
import org.encore.report.chart.LossFigure;
import org.encore.report.curve.Curve;
import org.encore.report.table.Names;
import org.encore.report.table.Place;

/** Loss curves. */
public final class TrainingSection implements ReportSection, Illustrated {

    private static final int ORDER = 700;

    @Override
    public int order() {
        return ORDER;
    }

    @Override
    public String html(Path run) {
        List<Figure> figures = figures(Fragments.read(run));
        return figures.isEmpty() ? "" : section(h2("Training"), Fragments.figures(figures)).render();
    }

    @Override
    public List<Figure> figures(RunResults results) {
        var names = Names.of(results.cells());
        Map<String, Curve> training = Curve.ofEach(results.curves(), Event.TrainStep::tokens, Event.TrainStep::loss);
        Map<String, Curve> development = Curve.ofEach(results.development(), Event.TrainEvaluation::tokens, Event.TrainEvaluation::loss);
        return Place.of(results, "train").stream()
                .filter(place -> place.rows().stream().flatMap(row -> row.cells().stream()).anyMatch(cell -> results.curves().containsKey(cell.id())))
                .map(place -> LossFigure.of(place, names, training, development)).toList();
    }
}
