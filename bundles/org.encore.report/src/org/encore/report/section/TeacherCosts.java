package org.encore.report.section;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

import org.encore.experiment.distil.SpentFile;
import org.encore.experiment.distil.TeacherCost;
import org.encore.experiment.result.RunResults;
import org.encore.report.table.Row;

import j2html.tags.DomContent;

/** What the teachers of a run cost: once for all students, and again for those whose own sequences they comment. */
final class TeacherCosts {

    /** Of what is not known or was not counted. */
    static final String UNKNOWN = "–";

    /** Stages that ask a teacher once for all. */
    private static final List<String> ASKING = List.of("teacher-cache", "sequences");

    /** A column of the table. */
    private record Column(String title, Function<TeacherCost, String> of) {}

    private static final List<Column> COLUMNS = List.of(new Column("teacher", TeacherCost::teacher), new Column("training s", cost -> seconds(cost.trainingSeconds())),
            new Column("asking s", cost -> seconds(cost.askingSeconds())), new Column("requests", cost -> count(cost.spent().requests())),
            new Column("tokens read", cost -> count(cost.spent().promptTokens() > 0 ? cost.spent().promptTokens() : cost.tokens())),
            new Column("tokens written", cost -> count(cost.spent().completionTokens())), new Column("price", cost -> price(cost.spent().cost())),
            new Column("training J", cost -> joules(cost.trainingEnergy().known())),
            new Column("asking J", cost -> joules(cost.askingEnergy().known())),
            new Column("bytes per position", cost -> count(cost.bytesPerPosition())));

    private TeacherCosts() {}

    static List<TeacherCost> of(RunResults results) {
        var costs = new ArrayList<TeacherCost>();
        results.plan().ifPresent(plan -> ASKING.forEach(stage -> plan.groups().getOrDefault(stage, Map.of()).forEach((label, cells) -> {
            String trained = plan.groups().getOrDefault("teacher", Map.of()).entrySet().stream()
                    .filter(group -> group.getValue().contains(cells.getFirst())).map(Map.Entry::getKey).findFirst().orElse("");
            try {
                TeacherCost.read(results.folder().ofGroup(label, stage), results.folder().ofGroup(trained, "teacher")).ifPresent(costs::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e.getMessage(), e);
            }
        })));
        return costs;
    }

    /** One line for each teacher; what none of them counts has no column. */
    static Optional<DomContent> table(List<TeacherCost> costs) {
        if (costs.isEmpty()) {
            return Optional.empty();
        }
        List<Column> columns = COLUMNS.stream().filter(column -> costs.stream().anyMatch(cost -> !column.of().apply(cost).equals(UNKNOWN))).toList();
        List<List<String>> rows = costs.stream().map(cost -> columns.stream().map(column -> column.of().apply(cost)).toList()).toList();
        return Optional.of(Fragments.all(Fragments.table(columns.stream().map(Column::title).toList(), rows),
                Fragments.remark("The teacher's cost comes on top of the students'; it is paid once, however many learn from it. "
                        + "Its training is known only if this experiment has the stage 'teacher'. Tokens and requests are as the teacher counts them, where it does; "
                        + "the price is in the currency of the prices that its options name. " + energy(costs))));
    }

    /** What the joules are, or, once, why there are none. */
    private static String energy(List<TeacherCost> costs) {
        return costs.stream().filter(cost -> cost.askingEnergy().known().isPresent()).findFirst()
                .map(cost -> "Joules are those of this machine (" + String.join(", ", cost.askingEnergy().counters())
                        + ") while the teacher worked, whatever else ran on it; a service elsewhere has its own.")
                .orElseGet(() -> "Its energy is not known: " + costs.getFirst().askingEnergy().missing() + ".");
    }

    /** What a teacher took for one student: its comments on sequences of that student's own, mean over those seeds that have any. */
    record Comments(double tokens, double price) {

        static Optional<Comments> of(RunResults results, Row row) {
            var spent = row.cells().stream().map(cell -> {
                try {
                    return SpentFile.read(results.folder().result(cell.id(), "distil"));
                } catch (IOException e) {
                    throw new UncheckedIOException(e.getMessage(), e);
                }
            }).filter(one -> one.requests() > 0).toList();
            return spent.isEmpty() ? Optional.empty() : Optional.of(new Comments(
                    spent.stream().mapToDouble(one -> one.promptTokens() + one.completionTokens()).average().orElseThrow(),
                    spent.stream().mapToDouble(one -> one.cost()).average().orElseThrow()));
        }
    }

    static String seconds(double seconds) {
        return Double.isNaN(seconds) ? UNKNOWN : String.format(Locale.ROOT, "%.0f", seconds);
    }

    static String joules(OptionalDouble joules) {
        return joules.isPresent() ? String.format(Locale.ROOT, "%,.0f", joules.getAsDouble()) : UNKNOWN;
    }

    static String count(double number) {
        return number == 0 ? UNKNOWN : String.format(Locale.ROOT, "%,.0f", number);
    }

    static String price(double cost) {
        return cost == 0 ? UNKNOWN : String.format(Locale.ROOT, "%.4f", cost);
    }
}
