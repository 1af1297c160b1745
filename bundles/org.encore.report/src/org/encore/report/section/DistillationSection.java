package org.encore.report.section;

import static j2html.TagCreator.each;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.section;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.encore.api.run.Event;
import org.encore.api.run.ReportSection;
import org.encore.experiment.distil.Agreement;
import org.encore.experiment.distil.OnPolicyCost;
import org.encore.experiment.distil.TeacherCost;
import org.encore.experiment.result.CurveFiles;
import org.encore.experiment.result.RunResults;
import org.encore.experiment.result.Scores;
import org.encore.report.chart.AgreementFigures;
import org.encore.report.chart.Figure;
import org.encore.report.chart.Illustrated;
import org.encore.report.table.AtEqualCost;
import org.encore.report.table.Names;
import org.encore.report.table.Place;
import org.encore.report.table.ResultTable;
import org.encore.report.table.Row;

import j2html.tags.DomContent;

/** How near the models came to their teacher, and what the teacher cost. */
public final class DistillationSection implements ReportSection, Illustrated {

    private static final int ORDER = 650;
    private static final double PERCENT = 100;
    /** Of a long training not every look is shown. */
    private static final int SHOWN_LOOKS = 5;

    @Override
    public int order() {
        return ORDER;
    }

    @Override
    public String html(Path run) {
        RunResults results = Fragments.read(run);
        List<TeacherCost> costs = TeacherCosts.of(results);
        List<DomContent> parts = Stream.of(TeacherCosts.table(costs), gain(results, costs), agreement(results), course(results), written(results))
                .flatMap(Optional::stream).toList();
        return parts.isEmpty() ? "" : section(h2("Teacher and students"), each(parts, part -> part)).render();
    }

    /** What was gained, and what it took: students of labels and of the teacher at equal steps and at equal time, and the teacher in the same table. */
    private static Optional<DomContent> gain(RunResults results, List<TeacherCost> costs) {
        var tables = new ArrayList<DomContent>();
        for (Place place : costs.isEmpty() ? List.<Place>of() : Place.of(results, "train")) {
            List<AtEqualCost> students = AtEqualCost.of(results, place.rows());
            if (!students.isEmpty()) {
                double time = students.stream().mapToDouble(AtEqualCost::time).average().orElseThrow();
                var more = new Beside(costs.stream().anyMatch(cost -> cost.askingEnergy().known().isPresent()),
                        costs.stream().anyMatch(cost -> cost.spent().cost() > 0));
                var rows = new ArrayList<List<String>>();
                costs.forEach(cost -> rows.add(more.row(
                        TeacherCosts.joules(cost.trainingEnergy().known()) + " + " + TeacherCosts.joules(cost.askingEnergy().known()),
                        TeacherCosts.price(cost.spent().cost()), "the teacher, once for all", "", "", "", "",
                        TeacherCosts.seconds(cost.trainingSeconds()) + " + " + TeacherCosts.seconds(cost.askingSeconds()),
                        TeacherCosts.count(cost.tokensInAll()))));
                students.forEach(student -> {
                    Optional<TeacherCosts.Comments> comments = TeacherCosts.Comments.of(results, student.row());
                    rows.add(more.row(TeacherCosts.UNKNOWN, comments.map(of -> TeacherCosts.price(of.price())).orElse(TeacherCosts.UNKNOWN),
                            student.row().name(), Integer.toString(student.seeds()), score(results, student.row()),
                            String.format(Locale.ROOT, "%.4f", student.equalSteps()), String.format(Locale.ROOT, "%.4f", student.equalTime()),
                            TeacherCosts.seconds(student.seconds()), comments.map(of -> TeacherCosts.count(of.tokens())).orElse(TeacherCosts.UNKNOWN)));
                });
                tables.add(Fragments.table(more.row("teacher's J", "teacher's price", place.label().isEmpty() ? "model" : place.label(), "seeds",
                        score(results) + ", equal steps", "labels nats, equal steps", String.format(Locale.ROOT, "labels nats, after %.0f s", time),
                        "training s", "teacher's tokens"), rows));
            }
        }
        return tables.isEmpty() ? Optional.empty() : Optional.of(Fragments.all(Fragments.all(tables.toArray(DomContent[]::new)), Fragments.remark(
                "Loss of the right tokens on the development set, whatever was minimised; read off the looks that each training took, at its end and at "
                + "the time that the quickest took in all. Times are of the training alone and of this machine as it was; the teacher's are of its training "
                + "and of its asking. Tokens are what the teacher read and wrote; those of a student are for comments on its own sequences, where the "
                + "teacher counts them.")));
    }

    /** Columns that only some runs have. */
    private record Beside(boolean energy, boolean priced) {

        /** Cells of a row, with energy and price behind them if there are any. */
        List<String> row(String joules, String price, String... cells) {
            var row = new ArrayList<>(List.of(cells));
            if (energy) {
                row.add(joules);
            }
            if (priced) {
                row.add(price);
            }
            return row;
        }
    }

    private static String score(RunResults results) {
        return firstScore(results).map(of -> ResultTable.title(of.metric()) + " " + of.split()).orElse("score");
    }

    private static String score(RunResults results, Row row) {
        return firstScore(results).flatMap(of -> {
            var found = row.scores(results, of.split(), of.metric()).stream().mapToDouble(Scores.Score::value).average();
            return found.isPresent() ? Optional.of(String.format(Locale.ROOT, "%.2f", found.getAsDouble())) : Optional.empty();
        }).orElse("–");
    }

    private record OfSplit(String split, String metric) {}

    private static Optional<OfSplit> firstScore(RunResults results) {
        return results.scores().values().stream().flatMap(scores -> scores.splits().entrySet().stream()).filter(split -> !split.getKey().equals("development"))
                .flatMap(split -> split.getValue().keySet().stream().map(metric -> new OfSplit(split.getKey(), metric))).findFirst();
    }

    private static Optional<DomContent> agreement(RunResults results) {
        var rows = new ArrayList<List<String>>();
        for (Row row : Row.of(results)) {
            List<Agreement> found = row.cells().stream().flatMap(cell -> agreement(results, cell.id()).stream()).toList();
            if (!found.isEmpty()) {
                rows.add(List.of(row.name(), Integer.toString(found.size()), mean(found, a -> PERCENT * a.sameToken(), "%.1f"),
                        mean(found, Agreement::forwardKl, "%.4f"), mean(found, Agreement::teacherEntropy, "%.4f"),
                        mean(found, Agreement::studentEntropy, "%.4f")));
            }
        }
        return rows.isEmpty() ? Optional.empty() : Optional.of(Fragments.all(Fragments.table(List.of("model", "seeds", "same token as teacher %",
                "KL(teacher, student) nats", "entropy of teacher nats", "entropy of student nats"), rows),
                Fragments.remark("Means over seeds, at the target positions of development examples, the right tokens having been read before. "
                        + "What the teacher says of tokens beyond its likeliest is known as one mass only, so its entropy and the KL are lower bounds.")));
    }

    /** Agreement look by look, of the students that learnt from the teacher. */
    private static Optional<DomContent> course(RunResults results) {
        var rows = new ArrayList<List<String>>();
        for (Row row : Row.of(results)) {
            List<List<Event.TrainAgreement>> seeds = row.cells().stream().map(cell -> looks(results, cell.id())).filter(looks -> !looks.isEmpty()).toList();
            int looks = seeds.stream().mapToInt(List::size).min().orElse(0);
            for (int look : IntStream.range(0, looks).filter(i -> i == 0 || i == looks - 1 || i % Math.max(1, looks / SHOWN_LOOKS) == 0).toArray()) {
                rows.add(List.of(row.name(), String.format(Locale.ROOT, "%,d", seeds.getFirst().get(look).tokens()),
                        at(seeds, look, a -> PERCENT * a.sameToken(), "%.1f"), at(seeds, look, Event.TrainAgreement::forwardKl, "%.4f"),
                        at(seeds, look, Event.TrainAgreement::teacherEntropy, "%.4f"),
                        at(seeds, look, Event.TrainAgreement::studentEntropy, "%.4f")));
            }
        }
        return rows.isEmpty() ? Optional.empty() : Optional.of(Fragments.all(Fragments.figures(charts(results)),
                Fragments.folded("Agreement with the teacher over training", Fragments.table(List.of("model", "tokens seen",
                "same token as teacher %", "KL(teacher, student) nats", "entropy of teacher nats", "entropy of student nats"), rows))));
    }

    @Override
    public List<Figure> figures(RunResults results) {
        return charts(results);
    }

    private static List<Figure> charts(RunResults results) {
        var names = Names.of(results.cells());
        Map<String, List<Event.TrainAgreement>> looks = results.cells().stream()
                .collect(Collectors.toMap(Event.Cell::id, cell -> looks(results, cell.id()), (a, b) -> a));
        return Place.of(results, "train").stream().flatMap(place -> AgreementFigures.of(place, names, looks).stream()).toList();
    }

    private static String at(List<List<Event.TrainAgreement>> seeds, int look, ToDoubleFunction<Event.TrainAgreement> of, String format) {
        return String.format(Locale.ROOT, format, seeds.stream().map(seed -> seed.get(look)).mapToDouble(of).average().orElseThrow());
    }

    private static List<Event.TrainAgreement> looks(RunResults results, String cell) {
        try {
            return CurveFiles.agreement(results.folder().result(cell, "distil"), cell);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /** What sequences of the students' own took. */
    private static Optional<DomContent> written(RunResults results) {
        var rows = new ArrayList<List<String>>();
        for (Row row : Row.of(results)) {
            List<OnPolicyCost.Report> found = row.cells().stream().flatMap(cell -> cost(results, cell.id()).stream()).toList();
            if (!found.isEmpty()) {
                rows.add(List.of(row.name(), Integer.toString(found.size()),
                        mean(found, r -> PERCENT * (r.fresh() + r.replayed()) / (r.fresh() + r.replayed() + r.data()), "%.0f"),
                        mean(found, OnPolicyCost.Report::outputs, "%,.0f"), mean(found, r -> PERCENT * r.generating() / r.all(), "%.0f"),
                        mean(found, r -> PERCENT * r.scoring() / r.all(), "%.0f"), mean(found, r -> r.outputs() / r.generating(), "%,.0f")));
            }
        }
        return rows.isEmpty() ? Optional.empty() : Optional.of(Fragments.table(List.of("learns from its own sequences", "seeds", "% of updates", "sequences written",
                "writing, % of the time", "teacher's comments, % of the time", "sequences per second of writing"), rows));
    }

    private static Optional<OnPolicyCost.Report> cost(RunResults results, String cell) {
        try {
            return OnPolicyCost.Report.read(results.folder().result(cell, "distil"));
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private static Optional<Agreement> agreement(RunResults results, String cell) {
        try {
            return Agreement.read(results.folder().result(cell, "agreement"));
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private static <T> String mean(List<T> found, ToDoubleFunction<T> of, String format) {
        return String.format(Locale.ROOT, format, found.stream().mapToDouble(of).average().orElseThrow());
    }
}
