package org.encore.compare;

import java.util.List;
import java.util.Map;

/**
 * What a comparison asks.
 *
 * @param first variant that is expected to be better; empty if nothing was asked beforehand
 * @param second against which
 * @param metric id
 * @param split on which
 * @param margins metric to the smallest difference that matters
 * @param beforehand whether the experiment file asked it before the run; a question asked afterwards gets no p-value
 */
public record Question(String first, String second, String metric, String split, Map<String, Double> margins, boolean beforehand) {

    /** Nothing in particular: everything is compared, nothing is tested. */
    public static Question none(String split) {
        return new Question("", "", "", split, Map.of(), false);
    }

    /** Whether this is the comparison that was asked for beforehand. */
    boolean asks(String one, String other, String quantity) {
        return beforehand && one.equals(first) && other.equals(second) && quantity.equals(metric);
    }

    /** The smallest difference that matters; 0 if none was fixed. */
    double margin(String quantity) {
        return margins.getOrDefault(quantity, 0.0);
    }

    /** Pairs in the order in which they are told: that of the question first. */
    List<String> ordered(String one, String other) {
        return one.equals(second) && other.equals(first) ? List.of(first, second) : List.of(one, other);
    }
}
