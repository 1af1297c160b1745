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
import java.util.stream.Stream;

import org.encore.api.run.ReportSection;
import org.encore.experiment.distil.Agreement;
import org.encore.experiment.distil.TeacherCost;
import org.encore.experiment.result.RunResults;
import org.encore.report.table.Row;

import j2html.tags.DomContent;

/** How near the models came to their teacher, and what the teacher cost. */
public final class DistillationSection implements ReportSection {

    private static final int ORDER = 650;
    private static final double PERCENT = 100;

    @Override
    public int order() {
        return ORDER;
    }

    @Override
    public String html(Path run) {
        RunResults results = Fragments.read(run);
        List<DomContent> parts = Stream.of(cost(results), agreement(results)).flatMap(Optional::stream).toList();
        return parts.isEmpty() ? "" : section(h2("Teacher and students"), each(parts, part -> part)).render();
    }

    private static Optional<DomContent> cost(RunResults results) {
        List<TeacherCost> costs = costs(results);
        if (costs.isEmpty()) {
            return Optional.empty();
        }
        List<List<String>> rows = costs.stream().map(cost -> List.of(cost.teacher(), seconds(cost.trainingSeconds()), seconds(cost.askingSeconds()),
                String.format(Locale.ROOT, "%,d", cost.tokens()), cost.bytesPerPosition() == 0 ? "–" : Integer.toString(cost.bytesPerPosition()))).toList();
        return Optional.of(Fragments.all(Fragments.table(List.of("teacher", "training s", "asking s", "tokens read", "bytes per position"), rows),
                Fragments.remark("The teacher's cost comes on top of the students'; it is paid once, however many learn from it. "
                        + "Its training is known only if this experiment has the stage 'teacher'.")));
    }

    private static List<TeacherCost> costs(RunResults results) {
        var costs = new ArrayList<TeacherCost>();
        results.plan().ifPresent(plan -> plan.groups().getOrDefault("teacher-cache", Map.of()).forEach((label, cells) -> {
            String trained = plan.groups().getOrDefault("teacher", Map.of()).entrySet().stream()
                    .filter(group -> group.getValue().contains(cells.getFirst())).map(Map.Entry::getKey).findFirst().orElse("");
            try {
                TeacherCost.read(results.folder().ofGroup(label, "teacher-cache"), results.folder().ofGroup(trained, "teacher")).ifPresent(costs::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e.getMessage(), e);
            }
        }));
        return costs;
    }

    private static String seconds(double seconds) {
        return Double.isNaN(seconds) ? "–" : String.format(Locale.ROOT, "%.0f", seconds);
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

    private static Optional<Agreement> agreement(RunResults results, String cell) {
        try {
            return Agreement.read(results.folder().result(cell, "agreement"));
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private static String mean(List<Agreement> found, ToDoubleFunction<Agreement> of, String format) {
        return String.format(Locale.ROOT, format, found.stream().mapToDouble(of).average().orElseThrow());
    }
}
