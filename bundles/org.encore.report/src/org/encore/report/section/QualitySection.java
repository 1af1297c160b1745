package org.encore.report.section;

import static j2html.TagCreator.h2;
import static j2html.TagCreator.p;
import static j2html.TagCreator.section;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.encore.api.run.Event;
import org.encore.api.run.ReportSection;
import org.encore.experiment.result.RunResults;
import org.encore.report.table.Names;
import org.encore.report.table.ResultTable;

/** Every score, with the number of examples behind it. */
public final class QualitySection implements ReportSection {

    private static final int ORDER = 200;
    private static final List<String> HEADER = List.of("model", "split", "metric", "score", "better is", "examples", "decoding");
    private static final String REMARK = "The weights are those with the lowest loss on the development set, so its scores flatter a little; "
            + "the test set chose nothing in this run.";

    @Override
    public int order() {
        return ORDER;
    }

    @Override
    public String html(Path run) {
        RunResults results = Fragments.read(run);
        var names = Names.of(results.cells());
        var rows = new ArrayList<List<String>>();
        for (Event.Cell cell : results.cells()) {
            var scores = results.scores().get(cell.id());
            if (scores != null) {
                scores.splits().forEach((split, of) -> of.forEach((metric, score) -> rows.add(List.of(
                        names.of(cell.id()), split, ResultTable.title(metric), String.format(Locale.ROOT, "%.2f %s", score.value(), score.unit()),
                        score.lowerIsBetter() ? "lower" : "higher", String.format(Locale.ROOT, "%,d", score.examples()), scores.decoding()))));
            }
        }
        return rows.isEmpty() ? "" : section(h2("Quality"), Fragments.table(HEADER, rows), p(REMARK)).render();
    }
}
