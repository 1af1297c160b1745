package org.encore.compare;

import java.util.List;
import java.util.Map;

/**
 * What a comparison asks.
 *
 * @param first variant that is expected to be better; empty if nothing was asked beforehand
 * @param second against which
 * @param against two variants: the question is then how much more the first two differ than these; empty for how much they differ
 * @param metric id
 * @param split on which
 * @param margins metric to the smallest difference that matters
 * @param beforehand whether the experiment file asked it before the run; a question asked afterwards gets no p-value
 */
public record Question(String first, String second, List<String> against, String metric, String split, Map<String, Double> margins, boolean beforehand) {

    /** Nothing in particular: everything is compared, nothing is tested. */
    public static Question none(String split) {
        return new Question("", "", List.of(), "", split, Map.of(), false);
    }

    public Question {
        against = List.copyOf(against);
    }

    /** Whether this is the comparison that was asked for beforehand. */
    boolean asks(String one, String other, String quantity) {
        return against.isEmpty() && beforehand && one.equals(first) && other.equals(second) && quantity.equals(metric);
    }

    /** Whether it was asked beforehand how much more the first two differ by this metric than the others. */
    boolean asksInteraction(String quantity) {
        return !against.isEmpty() && beforehand && quantity.equals(metric);
    }

    /** The smallest difference that matters; 0 if none was fixed. */
    double margin(String quantity) {
        return margins.getOrDefault(quantity, 0.0);
    }

    /** Pairs in the order in which they are told: that of the question first. */
    List<String> ordered(String one, String other) {
        List<String> turned = List.of(other, one);
        return turned.equals(List.of(first, second)) || turned.equals(against) ? turned : List.of(one, other);
    }
}
