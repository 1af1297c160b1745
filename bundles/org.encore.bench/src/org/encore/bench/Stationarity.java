package org.encore.bench;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

import org.encore.bench.statistics.Median;

/**
 * When warm-up ends: as soon as, for every model, the medians of its last five turns and of the five before differ by at most 5 %, in both
 * quantities.
 *
 * <p>This is the rule of Georges, Buytaert and Eeckhout 2007 (Statistically rigorous Java performance evaluation, OOPSLA, section 4.2: the
 * variation within the last k iterations falls below a threshold), with medians instead of the coefficient of variation, because one disturbed turn
 * would make that large for k iterations. Some programs never become steady (Kalibera and Jones 2013, ISMM; Barrett et al. 2017, OOPSLA): so there
 * is a most, and what ended the warm-up is reported.
 */
public final class Stationarity {

    /** Turns in each of the two windows. */
    public static final int WINDOW = 5;
    /** How far medians of stationary windows may differ. Of turns that vary by 3 %, medians of five differ by 2.4 % (one standard deviation). */
    public static final double TOLERANCE = 0.05;

    private Stationarity() {}

    /** Whether the rule is fulfilled by the turns so far, in the order in which they were taken. */
    public static boolean reached(List<Sample> samples) {
        Collection<List<Sample>> models = samples.stream().collect(Collectors.groupingBy(Sample::contestant)).values();
        return models.stream().allMatch(turns -> steady(turns, Quantity.FIRST_TOKEN) && steady(turns, Quantity.PER_TOKEN));
    }

    private static boolean steady(List<Sample> turns, Quantity quantity) {
        int end = turns.size();
        if (end < 2 * WINDOW) {
            return false;
        }
        double before = median(turns.subList(end - 2 * WINDOW, end - WINDOW), quantity);
        return Math.abs(median(turns.subList(end - WINDOW, end), quantity) - before) <= TOLERANCE * before;
    }

    private static double median(List<Sample> turns, Quantity quantity) {
        return Median.of(turns.stream().mapToDouble(turn -> turn.of(quantity)).toArray()).value();
    }
}
