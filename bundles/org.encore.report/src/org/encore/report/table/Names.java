package org.encore.report.table;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.encore.api.run.Event;

/**
 * What models are called in tables and charts: by their variant, and by their place on other axes and their seed where there are several. Names come
 * from files, so they are cut to a width that a line bears, and characters that would steer a terminal are replaced.
 */
public final class Names {

    private static final int LONGEST = 40;

    private final Map<String, String> byCell = new LinkedHashMap<>();
    private final Map<String, String> variants = new LinkedHashMap<>();

    private Names(List<Event.Cell> cells) {
        boolean seeds = cells.stream().mapToLong(Event.Cell::seed).distinct().count() > 1;
        for (Event.Cell cell : cells) {
            byCell.put(cell.id(), unique(row(cell) + (seeds ? " seed " + cell.seed() : "")));
            variants.put(cell.id(), cell.variant());
        }
    }

    public static Names of(List<Event.Cell> cells) {
        return new Names(cells);
    }

    /** A variant at its place on the other axes, whatever the seed. */
    static String row(Event.Cell cell) {
        return cell.axes().isEmpty() ? cell.variant()
                : cell.variant() + ", " + cell.axes().entrySet().stream().map(axis -> axis.getKey() + " " + axis.getValue())
                .collect(Collectors.joining(", "));
    }

    /** Two long names that are equal as far as they are shown are told apart by a number. */
    private String unique(String name) {
        return unique(name, byCell.values());
    }

    /** What a further thing is called: shown safely, and with a number if that is taken. */
    public static String unique(String name, Collection<String> taken) {
        String shown = shown(name);
        String candidate = shown;
        for (int n = 2; taken.contains(candidate); n++) {
            candidate = shown + " (" + n + ")";
        }
        return candidate;
    }

    /** What a cell is called; its id, shown safely, if it is not among this run's. */
    public String of(String cell) {
        return byCell.getOrDefault(cell, shown(cell));
    }

    /** Position of a cell's variant among all variants, which fixes its colour. */
    public int variant(String cell) {
        return variants.values().stream().distinct().toList().indexOf(variants.get(cell));
    }

    /** Text from a file on one line, however long; what would steer a terminal, or turn the direction of writing, is a question mark. */
    public static String safe(String text) {
        return text.replaceAll("[\\p{Cntrl}\\p{Cf}]", "?");
    }

    /** Text from a file, on one line of bearable length. */
    public static String shown(String text) {
        String safe = safe(text);
        return safe.codePointCount(0, safe.length()) <= LONGEST ? safe : safe.substring(0, safe.offsetByCodePoints(0, LONGEST - 1)) + "…";
    }
}
