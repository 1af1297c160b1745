package org.encore.report.section;

import static j2html.TagCreator.each;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.section;
import static j2html.TagCreator.small;
import static j2html.TagCreator.strong;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.text;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.tr;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

import org.encore.api.run.Event;
import org.encore.api.run.ReportSection;
import org.encore.compare.Comparison;
import org.encore.experiment.result.RunResults;
import org.encore.report.table.Best;
import org.encore.report.table.Names;
import org.encore.report.table.ResultTable;
import org.encore.report.table.Statements;

import j2html.tags.DomContent;

/** The table, a row for each variant at each place of the other axes, and behind it every score of every model. */
public final class ResultsSection implements ReportSection {

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
        if (results.cells().isEmpty()) {
            return "";
        }
        Optional<Comparison> comparison = Fragments.comparison(results);
        List<List<String>> scores = scores(results);
        return section(h2("Results"), main(ResultTable.of(results, comparison), comparison), remarks(results, comparison),
                scores.isEmpty() ? Fragments.all() : Fragments.folded("Every score of every model",
                Fragments.all(Fragments.table(HEADER, scores), Fragments.remark(REMARK)))).render();
    }

    private static DomContent main(ResultTable found, Optional<Comparison> comparison) {
        Optional<Best> best = comparison.map(Best::new);
        return j2html.TagCreator.div(table(thead(tr(each(found.header(), name -> th(stacked(name)).attr("scope", "col")))),
                tbody(each(IntStream.range(0, found.rows().size()).boxed().toList(), row -> row(found, row, best))))).withClass("wide");
    }

    private static DomContent row(ResultTable found, int row, Optional<Best> best) {
        List<String> texts = found.rows().get(row);
        return tr(th(texts.getFirst()).attr("scope", "row"), each(IntStream.range(1, texts.size()).boxed().toList(), column -> best.isPresent()
                && best.get().is(found, found.of().get(row), found.columns().get(column)) ? td(strong(stacked(texts.get(column))))
                : td(stacked(texts.get(column)))));
    }

    /** An interval below its value: so the table stays as narrow as its values. */
    private static DomContent stacked(String text) {
        int interval = text.indexOf(" [");
        return interval < 0 ? text(text) : Fragments.all(text(text.substring(0, interval) + " "), small(text.substring(interval + 1)));
    }

    private static DomContent remarks(RunResults results, Optional<Comparison> comparison) {
        List<String> lines = new ArrayList<>(Statements.circumstances(results, comparison));
        if (comparison.filter(c -> !c.contrasts().isEmpty()).isPresent()) {
            lines.add("bold: shown to be better than every other variant there; where one comparison is open, nothing is bold");
        }
        return j2html.TagCreator.ul(each(lines, line -> j2html.TagCreator.li(Names.safe(line)))).withClass("remark");
    }

    private static List<List<String>> scores(RunResults results) {
        var names = Names.of(results.cells());
        var rows = new ArrayList<List<String>>();
        for (Event.Cell cell : results.cells()) {
            var scores = results.scores().get(cell.id());
            if (scores != null) {
                scores.splits().forEach((split, of) -> of.forEach((metric, score) -> rows.add(List.of(names.of(cell.id()), split,
                        ResultTable.title(metric),
                        String.format(Locale.ROOT, "%.2f %s", score.value(), score.unit()), score.lowerIsBetter() ? "lower" : "higher",
                        String.format(Locale.ROOT, "%,d", score.examples()), scores.decoding()))));
            }
        }
        return rows;
    }
}
