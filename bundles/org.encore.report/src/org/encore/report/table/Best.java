package org.encore.report.table;

import java.util.List;
import java.util.Map;

import org.encore.compare.Comparison;
import org.encore.compare.Contrast;
import org.encore.compare.Contrast.Subject;
import org.encore.compare.Contrast.Word;

/**
 * Which values of a table are the best of their column. Not the largest or smallest one: one that a comparison has decided against every other
 * variant at the same place of the other axes. Where one comparison is open or missing, nothing is marked.
 */
public final class Best {

    private final List<Contrast> contrasts;

    public Best(Comparison comparison) {
        contrasts = comparison.contrasts().stream().filter(c -> c.verdict() == Word.BETTER || c.verdict() == Word.WORSE).toList();
    }

    /** Whether a row has the best value of a column. */
    public boolean is(ResultTable table, Row row, ResultTable.Column column) {
        Map<String, String> place = axes(row);
        List<Row> rivals = table.of().stream().filter(other -> axes(other).equals(place) && !variant(other).equals(variant(row))).toList();
        return !rivals.isEmpty() && rivals.stream().allMatch(rival -> contrasts.stream()
                .anyMatch(c -> of(c, column) && stands(c, place) && wins(c, variant(row), variant(rival))));
    }

    private static boolean of(Contrast c, ResultTable.Column column) {
        return switch (column.kind()) {
            case SCORE -> c.subject() == Subject.QUALITY && c.quantity().equals(column.metric()) && c.split().equals(column.split());
            case FIRST_TOKEN -> c.subject() == Subject.SPEED && c.quantity().equals("firstTokenMillis");
            case PER_TOKEN -> c.subject() == Subject.SPEED && c.quantity().equals("perTokenMillis");
            case NAME, COUNT, MEMORY -> false;
        };
    }

    /** Without a place a comparison is of all of them, which is of this one only if there are no others to tell apart. */
    private boolean stands(Contrast c, Map<String, String> place) {
        boolean placed = contrasts.stream().anyMatch(o -> o.subject() == c.subject() && !o.place().isEmpty());
        return c.place().isEmpty() ? !placed : place.entrySet().containsAll(c.place().entrySet());
    }

    private static boolean wins(Contrast c, String winner, String loser) {
        return c.verdict() == Word.BETTER ? c.first().equals(winner) && c.second().equals(loser) : c.first().equals(loser) && c.second()
                .equals(winner);
    }

    private static Map<String, String> axes(Row row) {
        return row.cells().getFirst().axes();
    }

    private static String variant(Row row) {
        return row.cells().getFirst().variant();
    }
}
