package org.encore.report.section;

import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.p;
import static j2html.TagCreator.section;
import static j2html.TagCreator.span;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.text;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.tr;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

import org.encore.api.Counted;
import org.encore.api.run.Event;
import org.encore.api.run.ReportSection;
import org.encore.distill.Alignment;
import org.encore.distill.CommonSpans;
import org.encore.experiment.distil.TokenByToken;
import org.encore.experiment.distil.TokenByToken.Example;
import org.encore.experiment.distil.TokenByToken.Position;
import org.encore.experiment.result.RunResults;
import org.encore.report.Heat;
import org.encore.report.table.Names;
import org.encore.report.table.Row;

import j2html.tags.DomContent;

/** A few examples token by token: which teacher position meets which student position, and how far the two are apart there. */
public final class TokenByTokenSection implements ReportSection {

    private static final int ORDER = 660;
    /** Tokens beside each other on a screen of usual size. */
    private static final int ACROSS = 12;
    /** Students of one teacher that are shown; the others are in their files. */
    private static final int MOST_STUDENTS = 8;
    private static final int LONGEST_TEXT = 160;

    /** A student at the examples of its group. */
    private record Student(String name, TokenByToken shown) {}

    @Override
    public int order() {
        return ORDER;
    }

    @Override
    public String html(Path run) {
        RunResults results = Fragments.read(run);
        var groups = new LinkedHashMap<List<Object>, List<Student>>();
        for (Row row : Row.of(results)) {
            student(results, row).ifPresent(found -> groups.computeIfAbsent(where(found.shown()), at -> new ArrayList<>()).add(found));
        }
        if (groups.isEmpty()) {
            return "";
        }
        List<List<Student>> all = List.copyOf(groups.values());
        return section(h2("Token by token"), p("How far students are from their teacher at single tokens: KL(teacher, student) in nats, unless it says otherwise "
                + "below. Shown are, among the first examples of the development set, those at which the teacher is surest, in the middle, and least sure. The "
                + "right tokens have been read before, so each number stands for its position alone."), legend(), examples(all.getFirst()),
                each(all.subList(1, all.size()), students -> Fragments.folded("The examples of " + students.getFirst().name()
                        + (students.size() == 1 ? "" : " and " + (students.size() - 1) + " more"), examples(students)))).render();
    }

    /** Of a row's seeds the first that has been compared. */
    private static Optional<Student> student(RunResults results, Row row) {
        for (Event.Cell cell : row.cells()) {
            Optional<TokenByToken> found = read(results, cell.id(), "distil").or(() -> read(results, cell.id(), "agreement"))
                    .filter(shown -> !shown.examples().isEmpty());
            if (found.isPresent()) {
                return Optional.of(new Student(row.name() + (row.cells().size() > 1 ? ", seed " + cell.seed() : ""), found.get()));
            }
        }
        return Optional.empty();
    }

    private static Optional<TokenByToken> read(RunResults results, String cell, String stage) {
        try {
            return TokenByToken.read(results.folder().result(cell, stage));
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /** Students of one teacher and one task are shown at the same examples. */
    private static List<Object> where(TokenByToken shown) {
        return shown.examples().stream().<Object>map(example -> List.of(example.source(), example.target(),
                example.positions().stream().map(position -> List.of(position.at(), position.teacherEntropy())).toList())).toList();
    }

    private static DomContent legend() {
        return p(text("Shaded by the number: "), each(IntStream.range(0, Heat.LEVELS).boxed().toList(),
                level -> span(Heat.words(level)).withClass("swatch " + Heat.style(level)))).withClass("remark");
    }

    private static DomContent examples(List<Student> students) {
        List<Example> examples = students.getFirst().shown().examples();
        int shown = Math.min(MOST_STUDENTS, students.size());
        return Fragments.all(each(IntStream.range(0, examples.size()).boxed().toList(), i -> example(examples.get(i), students.subList(0, shown), i)),
                students.size() == shown ? Fragments.all() : Fragments.remark(Counted.of(students.size() - shown, "more student")
                        + (students.size() - shown == 1 ? " is" : " are") + " in cells/…/token-by-token.json."));
    }

    private static DomContent example(Example example, List<Student> students, int index) {
        List<Position> positions = example.positions();
        List<Integer> chunks = IntStream.range(0, Math.ceilDiv(positions.size(), ACROSS)).mapToObj(i -> i * ACROSS).toList();
        return Fragments.all(h3("\"" + cut(example.source()) + "\" → \"" + cut(example.target()) + "\""),
                each(chunks, from -> heat(students, index, from, Math.min(positions.size(), from + ACROSS))),
                example.left() == 0 ? Fragments.all() : Fragments.remark("The first " + positions.size() + " positions; " + example.left() + " more follow."),
                example.spans().isEmpty() ? Fragments.all() : Fragments.remark("The teacher reads with a tokenizer of its own: both are compared where a "
                        + "span of text begins that both write, by the sum over ranks of |p − q|, from 0 to 2. A blank token belongs to the span before it."),
                Fragments.folded("Which teacher position meets which student position", example.spans().isEmpty() ? alignment(positions)
                        : Fragments.table(CommonSpans.TITLES, example.spans().stream().map(CommonSpans.Shown::line).toList())));
    }

    private static String cut(String text) {
        String safe = Names.safe(text);
        return safe.codePointCount(0, safe.length()) <= LONGEST_TEXT ? safe : safe.substring(0, safe.offsetByCodePoints(0, LONGEST_TEXT - 1)) + "…";
    }

    private static DomContent heat(List<Student> students, int index, int from, int to) {
        List<Position> positions = students.getFirst().shown().examples().get(index).positions().subList(from, to);
        var rows = new ArrayList<DomContent>();
        rows.add(tr(th("entropy of the teacher").attr("scope", "row"), each(positions, position -> td(position.told() ? number(position.teacherEntropy()) : ""))));
        for (Student student : students) {
            List<Position> own = student.shown().examples().get(index).positions().subList(from, to);
            if (own.stream().anyMatch(position -> Double.isFinite(position.before()))) {
                rows.add(row(student.name() + ", before", own, Position::before));
                rows.add(row(student.name() + ", after", own, Position::after));
            } else {
                rows.add(row(student.name(), own, Position::after));
            }
        }
        return div(table(thead(tr(th("about").attr("scope", "col"), each(positions, position -> th(Names.safe(position.at().about())).attr("scope", "col")))),
                tbody(rows.toArray(DomContent[]::new))).withClass("heat")).withClass("wide");
    }

    private static DomContent row(String name, List<Position> positions, ToDoubleFunction<Position> of) {
        return tr(th(Names.safe(name)).attr("scope", "row"),
                each(positions, position -> position.told()
                        ? td(number(of.applyAsDouble(position))).withClass(Heat.style(Heat.level(of.applyAsDouble(position)))) : td()));
    }

    /** Rounding may bring a KL of nothing below 0. */
    private static String number(double nats) {
        return Double.isFinite(nats) ? String.format(Locale.ROOT, "%.2f", Math.max(0, nats)) : "?";
    }

    /** As {@code encore explain alignment} prints it. */
    private static DomContent alignment(List<Position> positions) {
        List<List<String>> rows = positions.stream().map(Position::at).map(TokenByTokenSection::line).toList();
        return Fragments.all(Fragments.table(List.of("position", "student reads", "both are about", "teacher in one row", "teacher's decoder"), rows),
                Fragments.remark("Both have read the source, the start token and the same target tokens. A teacher with source and target in one row is at the "
                        + "position in the fourth column; one with an encoder at that in the fifth."));
    }

    private static List<String> line(Alignment.Shown at) {
        return List.of(Integer.toString(at.position()), at.reads(), at.about(), Integer.toString(at.inOneRow()), Integer.toString(at.inDecoder()));
    }
}
